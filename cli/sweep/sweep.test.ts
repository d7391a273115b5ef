import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { until } from '../../src/testing/time';
import { startCli, temporaryFolder } from '../testing/runCli';
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

const model = { n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 40, n_groups: 4 };
writeFileSync(folder.at('small.json'), JSON.stringify(model));

/** Arguments of a sweep over two seeds. */
function seeds(name: string, steps: number): string[] {
  const base = { dataset: 'digits', config: folder.at('small.json'), batch: 4, steps };
  writeFileSync(folder.at(`${name}.json`), JSON.stringify({ base, grid: { seed: [1, 2] } }));
  return [
    'sweep',
    '--config',
    folder.at(`${name}.json`),
    '--out',
    folder.at(name),
    '--threads',
    '1',
    '--json',
  ];
}
const weights = (name: string, seed: number) =>
  readFileSync(folder.at(`${name}/seed-${seed}/model.safetensors`));

test('in two processes each run learns what it learns alone, and its lines have its name', async () => {
  const after = await runHere(...seeds('after', 3));
  expect(after, after.stderr).toMatchObject({ code: 0 });
  const beside = await runHere(...seeds('beside', 3), '--jobs', '2');
  expect(beside, beside.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(beside.stdout)).toMatchObject({
    runs: [
      { name: 'seed-1', step: 3 },
      { name: 'seed-2', step: 3 },
    ],
    left: 0,
  });
  for (const seed of [1, 2]) {
    expect(weights('beside', seed).equals(weights('after', seed))).toBe(true);
    expect(beside.stderr).toMatch(new RegExp(`^seed-${seed}: begins$[\\s\\S]*^seed-${seed}: done$`, 'm'));
  }
  const failing = await runHere(...seeds('beside', 3), '--jobs', '0');
  expect(failing).toMatchObject({ code: 2, stderr: expect.stringContaining('--jobs must be') });
});

test('Ctrl-C lets all processes save, and the same command goes on in each', async () => {
  const { process: sweep, outcome } = startCli(...seeds('stopped', 1_000_000), '--jobs', '2');
  const logged = (seed: number) => folder.at(`stopped/seed-${seed}/log.jsonl`);
  await until(() => [1, 2].every((seed) => existsSync(logged(seed)) && statSync(logged(seed)).size > 0));
  sweep.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(130);
  const reached = JSON.parse(stdout).runs.map(({ step }: { step: number }) => step) as [number, number];
  const steps = Math.max(...reached) + 2;
  const again = await runHere(...seeds('stopped', steps), '--jobs', '2');
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(again.stdout)).toMatchObject({ runs: [{ step: steps }, { step: steps }] });
  const first = JSON.parse(readFileSync(logged(1), 'utf8').split('\n')[0] as string);
  expect(first.step).toBeLessThanOrEqual(reached[0]);
});

test('runs are trained in turn; more steps go on from the saved states, and finished runs stay', async () => {
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
