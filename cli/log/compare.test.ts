import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { comparisonFile, readComparison } from '../../src/views/runs/compare/files';
import { madeRun } from '../../src/views/runs/testing/madeRun';
import { temporaryFolder } from '../testing/runCli';
import { runHere } from '../testing/runHere';
import { lossTicks, ticks } from './curvesPng';

const folder = temporaryFolder();
afterAll(folder.remove);

const slow = madeRun(
  { name: 'slow' },
  {
    losses: { before: 0, end: 3, interval: 1, mean: [1, 1, 1], least: [1, 1, 1], greatest: [1, 1, 1] },
    heldOut: [{ step: 3, loss: 0.75 }],
  },
);
const { settings } = slow.facts;
const fast = madeRun(
  {
    name: 'fast',
    loss: 0.25,
    settings: { ...settings, training: { ...settings.training, learningRate: 0.01 } },
  },
  {
    losses: {
      before: 0,
      end: 3,
      interval: 1,
      mean: [1, 0.1, 0.01],
      least: [1, 0.1, 0.01],
      greatest: [1, 0.1, 0.01],
    },
  },
);
mkdirSync(folder.at('log'));
writeFileSync(folder.at('log/run.json'), comparisonFile([slow]));
writeFileSync(folder.at('page.json'), comparisonFile([fast, madeRun({ name: 'slow' })]));

test('a table has the settings that differ and the losses, the same setting for all is left out', async () => {
  const { code, stdout, stderr } = await runHere('compare', folder.at('log'), folder.at('page.json'));
  expect(code, stderr).toBe(0);
  const cells = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(cells[0]).toEqual(['', `slow (${folder.at('log')})`, 'fast', `slow (${folder.at('page.json')})`]);
  expect(cells[1]).toEqual(['Learning rate', '0.002', '0.01', '0.002']);
  expect(cells[2]).toEqual(['']);
  expect(cells).toContainEqual(['Training loss, last 100 steps', '0.5000', '0.2500', '0.5000']);
  expect(cells).toContainEqual(['Held-out loss, best', '0.7500', '–', '–']);
});

test('as JSON, with the curves as a PNG and the runs as a file for the page', async () => {
  const [out, runs] = [folder.at('curves.png'), folder.at('runs.json')];
  const files = [folder.at('log'), folder.at('page.json')];
  const { code, stdout, stderr } = await runHere('compare', ...files, '--json', '--out', out, '--out', runs);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    out: [out, runs],
    runs: [{ loss: 0.5, held_out: 0.625 }, { name: 'fast', loss: 0.25, dataset: 'digits' }, {}],
    differing: { 'Learning rate': ['0.002', '0.01', '0.002'] },
  });
  expect(readComparison(readFileSync(runs, 'utf8')).map(({ facts }) => facts.loss)).toEqual([0.5, 0.25, 0.5]);
  const png = decode(readFileSync(out));
  // Training and held-out losses, one plot below the other.
  expect(png).toMatchObject({ width: 960, height: 840, channels: 3 });
  const at = (x: number, y: number) =>
    Array.from(png.data.subarray(3 * (y * 960 + x), 3 * (y * 960 + x) + 3));
  // A loss of 1 is the greatest of all: the curve of the first run, blue, lies along the top, at half of the steps too.
  expect(at(84 + 852 / 2 + 20, 16)).toEqual([0x00, 0x67, 0xa3]);
  expect(at(84 + 852 / 2, 200)).not.toEqual([0x00, 0x67, 0xa3]);
});

test('what is no log is named', async () => {
  writeFileSync(folder.at('none.json'), '{}');
  for (const [args, code, message] of [
    [[], 2, 'FILE is missing'],
    [[folder.at('gone')], 1, 'gone cannot be read: there is no such file'],
    [[folder.at('none.json')], 1, 'none.json: '],
    [[folder.at('')], 1, 'run.json cannot be read'],
    [[folder.at('page.json'), '--out', 'x.jpg'], 2, '--out must end in .png or .json'],
    [[folder.at('page.json'), '--out', folder.at('page.png/x.png')], 1, 'cannot be written'],
  ] as const)
    expect(await runHere('compare', ...args)).toMatchObject({
      code,
      stderr: expect.stringContaining(message),
    });
});

test('the axes have round numbers', () => {
  expect(ticks(1, 4000)).toEqual([1000, 2000, 3000, 4000]);
  expect(ticks(1, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(lossTicks(0.02, 1.1)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  expect(lossTicks(0.03, 0.07)).toEqual([0.03, 0.04, 0.05, 0.06, 0.07]);
});
