import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { readComparison } from '../../src/views/runs/compare/files';
import { readScalars } from '../testing/readScalars';
import { temporaryFolder } from '../testing/runCli';
import { runWith } from '../testing/runHere';
import { scalarsRecord } from './eventFile';

const folder = temporaryFolder();
afterAll(folder.remove);

const model = {
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 40,
  n_groups: 4,
};
writeFileSync(folder.at('small.json'), JSON.stringify(model));
const small = { dataset: 'digits', config: folder.at('small.json'), batch: 4, seed: 5 };

async function train(name: string, named: Record<string, string | number>) {
  const outcome = await runWith('train', { ...small, out: folder.at(`${name}.safetensors`), ...named });
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
}
const bytes = (name: string) => readFileSync(folder.at(name));
const logged = (name: string) => {
  const [run] = readComparison(bytes(`${name}/run.json`).toString());
  if (!run) throw new Error('no run');
  return run;
};
const lines = (name: string) =>
  bytes(`${name}/log.jsonl`)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a log tells what was trained, and leaves the model as it would be without one', async () => {
  await train('bare', { steps: 5 });
  await train('whole', { steps: 5, log: folder.at('whole'), 'log-every': 2, 'sample-every': 4 });
  expect(bytes('whole.safetensors').equals(bytes('bare.safetensors'))).toBe(true);

  const { facts, body } = logged('whole');
  expect(facts).toMatchObject({
    name: 'whole',
    dataset: 'digits',
    step: 5,
    backend: 'wasm',
    diverged: false,
  });
  expect(facts.settings).toMatchObject({ seed: 5, training: { batchSize: 4 }, model: { nSteps: 40 } });
  expect(body.losses).toMatchObject({ before: 0, end: 5, interval: 1 });
  expect(body.lossByTime).toHaveLength(20);
  expect(body.lossByTime?.filter((error) => error > 0).length).toBeGreaterThan(5);
  expect(body.heldOut.map(({ step }) => step)).toEqual([4, 5]);
  expect(body.samples.map(({ step, count }) => [step, count])).toEqual([
    [4, 16],
    [5, 16],
  ]);

  const of = lines('whole');
  expect(of.map(({ step, images }) => [step, images])).toEqual([
    [2, 8],
    [4, 16],
    [5, 20],
  ]);
  const [first, second] = body.losses.mean as [number, number];
  expect(of[0].loss).toBeCloseTo((first + second) / 2, 5);
  expect(of[1].held_out).toBe(body.heldOut[0]?.loss);
  expect(readdirSync(folder.at('whole/samples'))).toEqual(['step-000004.png', 'step-000005.png']);
  expect(decode(bytes('whole/samples/step-000005.png')).width).toBe(4 * 63 + 7);
  expect(facts.loss).toBeCloseTo(
    body.losses.mean.reduce((sum, loss) => sum + loss / 5, 0),
    5,
  );
});

test('a run that goes on continues its log, without what a kill has left after the last save', async () => {
  const log = folder.at('stopped');
  const intervals = { log, 'log-every': 2, 'sample-every': 3 };
  await train('stopped', { steps: 3, ...intervals });
  const path = folder.at('stopped/log.jsonl');
  writeFileSync(path, `${readFileSync(path)}{"run":"stopped","step":4,"loss":9}\n{"run":"sto`);
  const [events = ''] = readdirSync(log).filter((name) => name.startsWith('events.'));
  appendFileSync(folder.at(`stopped/${events}`), scalarsRecord(0, 4, { 'loss/training': 9 }));
  const { facts: before } = logged('stopped');
  const resume = folder.at('stopped.training.safetensors');
  const more = {
    ...intervals,
    resume,
    out: folder.at('stopped.safetensors'),
    'learning-rate': 0.001,
    steps: 5,
  };
  const outcome = await runWith('train', more);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });

  expect(lines('stopped').map(({ step }) => step)).toEqual([2, 3, 4, 5]);
  expect(lines('stopped')[2].loss).not.toBe(9);
  const { facts, body } = logged('stopped');
  expect(facts).toMatchObject({ id: before.id, startedAt: before.startedAt, step: 5 });
  expect(body.marks).toEqual([{ path: 'training.learningRate', before: 0.002, after: 0.001, step: 3 }]);
  expect(body.losses).toMatchObject({ end: 5, interval: 1 });
  expect(body.heldOut.map(({ step }) => step)).toEqual([3, 5]);
  expect(body.times.map(({ step }) => step)).toEqual([0, 2, 3, 3, 4, 5]);
});

/** What the events of the stopped run must say: the lines of its log, in 32-bit floats. */
function logOfStopped() {
  const values = (name: string) =>
    lines('stopped')
      .filter((line) => line[name] !== undefined)
      .map((line) => [line.step, Math.fround(line[name])]);
  return { 'loss/training': values('loss'), 'loss/held-out': values('held_out') };
}

test('the events of that run, read after the formats by number, are its log', () => {
  const names = readdirSync(folder.at('stopped')).filter((name) => /^events\.out\.tfevents\.\d+/.test(name));
  expect(readScalars(names.sort().map((name) => bytes(`stopped/${name}`)))).toEqual(logOfStopped());
});

const reader = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
log = EventAccumulator(sys.argv[1])
log.Reload()
print(json.dumps({tag: [[e.step, e.value] for e in log.Scalars(tag)] for tag in log.Tags()['scalars']}))
`;
const hasTensorboard = spawnSync('python3', ['-c', 'import tensorboard']).status === 0;

test.skipIf(!hasTensorboard)(
  "TensorBoard's own reader agrees (skipped where python3 has no tensorboard: then the formats are checked, TensorBoard is not)",
  () => {
    const { stdout, stderr } = spawnSync('python3', ['-c', reader, folder.at('stopped')], {
      encoding: 'utf8',
    });
    expect(stdout, stderr).not.toBe('');
    expect(JSON.parse(stdout)).toEqual(logOfStopped());
  },
  60_000,
);

test('the log of another run is kept', async () => {
  const other = { ...small, out: folder.at('other.safetensors'), log: folder.at('whole'), steps: 1 };
  expect(await runWith('train', other)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has the log of a run already'),
  });
  const resume = folder.at('stopped.training.safetensors');
  expect(
    await runWith('train', {
      resume,
      out: folder.at('other.safetensors'),
      log: folder.at('whole'),
      steps: 6,
    }),
  ).toMatchObject({ code: 1, stderr: expect.stringContaining('the log of another run') });
  expect(logged('whole').facts.step).toBe(5);
  expect(existsSync(folder.at('other.safetensors'))).toBe(false);
  expect(await runWith('train', { ...small, out: folder.at('o'), 'log-every': 3 })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it needs --log'),
  });
});
