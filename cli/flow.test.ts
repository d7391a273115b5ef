import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { temporaryFolder } from './testing/runCli';
import { runWith } from './testing/runHere';

const folder = temporaryFolder();
afterAll(folder.remove);

const read = (name: string) => new Uint8Array(readFileSync(folder.at(name)));
writeFileSync(
  folder.at('small.json'),
  JSON.stringify({ n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1, n_steps: 40, n_groups: 4 }),
);
const small = { dataset: 'digits', config: folder.at('small.json'), batch: 8, seed: 5 };

async function train(named: Record<string, string | number>): Promise<void> {
  const outcome = await runWith('train', named);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
}

test('a flow goes on to the bit, and draws', async () => {
  const flow = { ...small, objective: 'flow', 'time-sampling': 'logitNormal' };
  await train({ ...flow, steps: 6, out: folder.at('flow.safetensors') });
  await train({ ...flow, steps: 2, out: folder.at('begun.safetensors') });
  // The state knows how times are drawn.
  await train({
    ...{ steps: 6, resume: folder.at('begun.training.safetensors'), out: folder.at('resumed.safetensors') },
  });
  expect(read('resumed.training.safetensors')).toEqual(read('flow.training.safetensors'));
  expect(readBundle(read('flow.safetensors')).config).toMatchObject({
    objective: 'flow',
    schedule: 'straight',
  });
  for (const sampler of ['flowMidpoint', 'ddim']) {
    const named = { model: folder.at('flow.safetensors'), sampler, steps: 3, count: 2 };
    const outcome = await runWith('sample', { ...named, out: folder.at(`${sampler}.png`) });
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  }
}, 300_000);

test('the weights of a diffusion start a flow', async () => {
  await train({ ...small, steps: 3, out: folder.at('diffusion.safetensors') });
  await train({
    ...{ steps: 1, objective: 'flow', 'learning-rate': 1e-9 },
    ...{ resume: folder.at('diffusion.training.safetensors'), out: folder.at('started.safetensors') },
  });
  const [before, after] = [
    readBundle(read('diffusion.training.safetensors')),
    readBundle(read('started.training.safetensors')),
  ];
  expect(after.training?.step).toBe(1);
  expect(after.config).toMatchObject({ objective: 'flow', schedule: 'straight' });
  for (const [name, { data }] of after.weights) {
    const start = before.ema.get(name)?.data as Float32Array;
    (data as Float32Array).forEach((value, i) => {
      expect(Math.abs(value - (start[i] as number))).toBeLessThan(1e-7);
    });
  }
}, 300_000);

test('an objective that is not known, or that the schedule does not allow, is refused', async () => {
  const wrong = await runWith('train', { ...small, objective: 'noise', out: folder.at('none.safetensors') });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/--objective must be one of epsilon, x0, v, flow/);
  writeFileSync(
    folder.at('straight.json'),
    JSON.stringify({
      ...JSON.parse(readFileSync(folder.at('small.json'), 'utf8')),
      schedule: 'straight',
      objective: 'v',
    }),
  );
  const noImage = await runWith('train', {
    ...{
      ...small,
      config: folder.at('straight.json'),
      objective: 'epsilon',
      out: folder.at('none.safetensors'),
    },
  });
  expect(noImage.code).toBe(2);
  expect(noImage.stderr).toMatch(/predict v or x₀/);
});
