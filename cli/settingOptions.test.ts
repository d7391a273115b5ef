import { expect, test } from 'vitest';
import { samplingGroup } from '../src/settings/groups/sampling';
import { samplerRows } from '../src/settings/rows';
import { runFromFile, runRows, runToFile } from '../src/settings/runRows';
import { UsageError } from './errors';
import { defaultsOf, givenSettings, settingOptions } from './settingOptions';

const rows = samplerRows(samplingGroup.defaults);

test('an option has the name of its row, and says its range and default', () => {
  const options = settingOptions(rows, { spacing: 'as suits the sampler' });
  expect(options.eta.description).toMatch(/\(a number from 0 to 1; by default 0\)\.$/);
  expect(options.spacing.description).toMatch(/\(one of even, .*; by default as suits the sampler\)\.$/);
  expect(options['noise-at-end']).toEqual({ description: expect.stringMatching(/σz .*reference does\.$/) });
  expect(options.steps).toMatchObject({ value: 'N' });
  // What is left out has a meaning: that is said, not its absence.
  expect(settingOptions(runRows)['snr-gamma'].description).toMatch(/by default 5\)\.$/);
  expect(settingOptions(runRows)['loss-weight'].description).toMatch(/by default simple\)\.$/);
});

test('what is given becomes values, and what is not is left out', () => {
  expect(givenSettings(rows, {})).toEqual({});
  const given = {
    eta: '0.5',
    'noise-at-end': true,
    steps: 'all',
    variance: 'beta-tilde',
    sampler: 'dpmSolver',
  };
  const values = { eta: 0.5, noiseAtEnd: true, steps: 'all', variance: 'betaTilde', sampler: 'dpmSolver' };
  expect(givenSettings(rows, given)).toEqual(values);
  expect({ ...defaultsOf(rows), ...values }).toMatchObject({ spacing: 'even', eta: 0.5 });
});

test.each([
  ['eta', '2', '--eta must be a number from 0 to 1, not 2.'],
  ['eta', '', "--eta must be a number from 0 to 1, not ''."],
  ['steps', '1.5', '--steps must be a whole number from 1 to 10,000, not 1.5.'],
  ['sampler', 'magic', /^--sampler must be one of ancestral, .*, not 'magic'\.$/],
  ['sampler', '5', /, not '5'\.$/],
])('--%s %s is refused by the row', (name, text, message) => {
  expect(() => givenSettings(rows, { [name]: text })).toThrow(message);
  expect(() => givenSettings(rows, { [name]: text })).toThrow(UsageError);
});

test('files name settings in snake case', () => {
  const values = { batchSize: 3, emaDecay: 0.9, lossWeight: 'vlb', continuousTime: true };
  const json = { batch_size: 3, ema_decay: 0.9, loss_weight: 'vlb', continuous_time: true };
  expect(runToFile(values)).toEqual(json);
  expect(runFromFile(json)).toEqual({ values, problems: [] });
  expect(runFromFile({ batch_size: 0, loss_weight: 7, other: 1, seed: 5 })).toEqual({
    values: { seed: 5 },
    problems: ['Batch size must be a whole number from 1 to 1,000,000, not 0.', 'Loss weight cannot be 7.'],
  });
});
