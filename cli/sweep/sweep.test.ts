import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/runCli';
import { runHere } from '../testing/runHere';
import { parseSweep, trainArguments } from './sweepConfig';

const folder = temporaryFolder();
afterAll(folder.remove);

const parsed = (json: unknown) => parseSweep(new TextEncoder().encode(JSON.stringify(json)));

test('a grid trains every combination, a list what it says', () => {
  const runs = parsed({ base: { batch: 4 }, grid: { 'learning-rate': [0.1, 0.2], seed: [1, 2] } });
  expect(runs.map(({ name }) => name)).toEqual([
    'learning-rate-0.1_seed-1',
    'learning-rate-0.1_seed-2',
    'learning-rate-0.2_seed-1',
    'learning-rate-0.2_seed-2',
  ]);
  expect(runs[2]?.options).toEqual({ batch: 4, 'learning-rate': 0.2, seed: 1 });
  expect(parsed({ runs: [{ classes: true }, { data: '../a b' }] }).map(({ name }) => name)).toEqual([
    'classes-true',
    'data-..-a-b',
  ]);
  expect(trainArguments({ classes: true, batch: 4, unseen: false })).toEqual(['--classes', '--batch=4']);
});

test('what is no sweep says why', () => {
  expect(() => parsed({})).toThrow("either 'grid' or 'runs'");
  expect(() => parsed({ runs: [{ seed: 1 }, { seed: 1 }] })).toThrow("the name 'seed-1'");
  expect(() => parsed({ runs: [{ out: 'x' }] })).toThrow("'out' is not for the runs");
  expect(() => parsed({ grid: { seed: [] } })).toThrow('grid.seed');
});

test('runs are trained in turn; more steps go on from the saved states, and finished runs stay', async () => {
  const model = { n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 40, n_groups: 4 };
  writeFileSync(folder.at('small.json'), JSON.stringify(model));
  const sweep = (steps: number, batch = 4) => {
    const base = { dataset: 'digits', config: folder.at('small.json'), batch, steps };
    writeFileSync(folder.at('sweep.json'), JSON.stringify({ base, grid: { seed: [1, 2] } }));
    const args = ['--config', folder.at('sweep.json'), '--out', folder.at('runs'), '--threads', '1'];
    return runHere('sweep', ...args, '--json');
  };
  const first = await sweep(2);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(first.stdout)).toMatchObject({
    runs: [
      { name: 'seed-1', step: 2, diverged: false },
      { name: 'seed-2', step: 2 },
    ],
    left: 0,
  });
  expect(existsSync(folder.at('runs/curves.png'))).toBe(true);

  const path = folder.at('runs/seed-1/model.safetensors');
  const { mtimeMs } = statSync(path);
  expect(await sweep(2)).toMatchObject({ code: 0, stdout: first.stdout });
  expect(statSync(path).mtimeMs).toBe(mtimeMs);

  const more = await sweep(3);
  expect(more, more.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(more.stdout)).toMatchObject({ runs: [{ step: 3 }, { step: 3 }] });
  const steps = readFileSync(folder.at('runs/seed-2/log.jsonl'), 'utf8').trim().split('\n');
  expect(steps.map((line) => JSON.parse(line).step)).toEqual([2, 3]);
  expect(await sweep(3, 8)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('was trained with other options'),
  });
});
