import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { runCli, startCli, temporaryFolder } from './testing/runCli';

const folder = temporaryFolder();
afterAll(folder.remove);

const read = (name: string) => new Uint8Array(readFileSync(folder.at(name)));
const model = {
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 40,
  n_groups: 4,
};
writeFileSync(folder.at('small.json'), JSON.stringify(model));
const small = { dataset: 'digits', config: folder.at('small.json'), batch: '8', seed: '5' };

function options(named: Record<string, string>): string[] {
  return Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
}

async function train(named: Record<string, string>, ...switches: string[]): Promise<void> {
  const outcome = await runCli('train', ...options(named), ...switches);
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
}

test('train writes a model that sample turns into images', async () => {
  const { code, stdout, stderr } = await runCli(
    'train',
    ...options({ dataset: 'digits', batch: '8', steps: '5', out: folder.at('five.safetensors') }),
  );
  expect(code).toBe(0);
  expect(stderr).toMatch(/Training .*5\/5 · loss \d\.\d+ · \d.* steps\/s · 0:00 left/);
  expect(stdout).toMatch(
    /^Done after 5 steps .*loss \d\.\d+.*five\.safetensors.*five\.training\.safetensors/,
  );

  const sample = (named: Record<string, string>) =>
    runCli('sample', ...options({ model: folder.at('five.safetensors'), steps: '4', count: '5', ...named }));
  const files = ['--out', folder.at('grid.png'), '--out', folder.at('images.safetensors')];
  const outcome = await runCli(
    'sample',
    ...options({ model: folder.at('five.safetensors'), steps: '4', count: '5', seed: '7' }),
    ...files,
  );
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  const png = decode(read('grid.png'));
  // Three columns and two rows of 8 pixels, each drawn as 7×7, with a gap of one pixel around.
  expect(png).toMatchObject({ width: 3 * 63 + 7, height: 2 * 63 + 7, channels: 1, depth: 8 });
  const x0 = readSafetensors(read('images.safetensors')).tensors.get('x0');
  expect(x0?.shape).toEqual([5, 1, 8, 8]);
  const values = x0?.data as Float32Array;
  for (const [pixel, left, top] of [
    [0, 7, 7],
    [63, 7 + 49, 7 + 49],
    [4 * 64 + 9, 7 + 63 + 7, 7 + 63 + 7],
  ] as const) {
    const level = Math.max(0, Math.min(255, ((values[pixel] as number) + 1) * 127.5));
    expect(Math.abs((png.data[top * png.width + left] as number) - level)).toBeLessThan(0.51);
  }

  for (const [seed, same] of [
    ['7', true],
    ['8', false],
  ] as const) {
    expect(await sample({ seed, out: folder.at('again.png') })).toMatchObject({ code: 0 });
    expect(Buffer.compare(read('again.png'), read('grid.png')) === 0, `seed ${seed}`).toBe(same);
  }
  expect(await sample({ seed: '7', sampler: 'ddim', eta: '0.5', out: folder.at('ddim.png') })).toMatchObject({
    code: 0,
  });
  expect(read('ddim.png')).not.toEqual(read('grid.png'));
  for (const sampler of ['dpmSolver', 'heun']) {
    const name = `${sampler}.png`;
    const choice = { seed: '7', sampler, steps: '4', spacing: 'quadratic' };
    expect(await sample({ ...choice, out: folder.at(name) })).toMatchObject({ code: 0 });
    expect(read(name)).not.toEqual(read('ddim.png'));
  }
});

test('the same seed trains the same file, and a resumed run is one that never stopped', async () => {
  await train({ ...small, steps: '6', out: folder.at('whole.safetensors') });
  await train({ ...small, steps: '6', out: folder.at('again.safetensors') });
  await train({ ...small, steps: '6', seed: '6', out: folder.at('other.safetensors') });
  await train({ ...small, steps: '2', out: folder.at('begun.safetensors') });
  // The state knows data set, batch and seed.
  await train({
    steps: '6',
    resume: folder.at('begun.training.safetensors'),
    out: folder.at('resumed.safetensors'),
  });
  const whole = read('whole.safetensors');
  expect(Buffer.compare(read('again.safetensors'), whole)).toBe(0);
  expect(Buffer.compare(read('resumed.safetensors'), whole)).toBe(0);
  expect(Buffer.compare(read('resumed.training.safetensors'), read('whole.training.safetensors'))).toBe(0);
  expect(Buffer.compare(read('other.safetensors'), whole)).not.toBe(0);

  const opened = readBundle(whole);
  const state = readBundle(read('whole.training.safetensors'));
  expect(opened.weights).toEqual(state.ema);
  expect(state.ema).not.toEqual(state.weights);
  expect(state.training).toMatchObject({ step: 6, extra: { dataset: 'digits' } });
  expect(state.training?.losses.length).toBe(6);
});

test('a model with classes is asked for them, and goes on with its class dropout', async () => {
  const out = folder.at('classes.safetensors');
  await train({ ...small, steps: '2', 'class-dropout': '0.25', out }, '--classes');
  const state = folder.at('classes.training.safetensors');
  await train({ steps: '3', resume: state, out });
  expect(readBundle(read('classes.training.safetensors'))).toMatchObject({
    config: { nClasses: 10 },
    training: { step: 3, extra: { training: { class_dropout: 0.25 } } },
  });
  const draw = async (named: Record<string, string>) => {
    const grid = {
      model: out,
      steps: '3',
      count: '20',
      sampler: 'ddim',
      out: folder.at('classes.png'),
      ...named,
    };
    const outcome = await runCli('sample', ...options(grid));
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    return read('classes.png');
  };
  const each = await draw({});
  // Five classes a row.
  expect(decode(each)).toMatchObject({ width: 5 * 63 + 7, height: 4 * 63 + 7 });
  expect(await draw({ class: 'each', guidance: '3' })).not.toEqual(each);
  expect(await draw({ class: '4' })).not.toEqual(await draw({ class: 'none' }));
  const beyond = { model: out, class: '10', out: folder.at('classes.png') };
  expect(await runCli('sample', ...options(beyond))).toMatchObject({ code: 2 });
});

test('a config file sets model and training', async () => {
  const training = { batch_size: 3, learning_rate: 0.01, ema_decay: 0, steps: 2 };
  writeFileSync(folder.at('config.json'), JSON.stringify({ ...model, schedule: 'cosine', training }));
  await train({ dataset: 'shapes', config: folder.at('config.json'), out: folder.at('shapes.safetensors') });
  const checkpoint = readBundle(read('shapes.training.safetensors'));
  expect(checkpoint.config).toMatchObject({
    imageSize: 16,
    imageChannels: 3,
    nChannels: 8,
    schedule: 'cosine',
  });
  expect(checkpoint.training).toMatchObject({
    step: 2,
    extra: { dataset: 'shapes', training: { batch_size: 3, learning_rate: 0.01, ema_decay: 0 } },
  });
  // An average that forgets everything at once is the weights.
  expect(checkpoint.ema.get('final.weight')).toEqual(checkpoint.weights.get('final.weight'));
});

test('Ctrl-C saves what was trained', async () => {
  const out = folder.at('stopped.safetensors');
  const { process: child, outcome } = startCli(
    'train',
    ...options({ ...small, steps: '1000000', 'save-every': '1', out }),
  );
  // Once a step was saved it is certainly in training.
  while (!existsSync(out) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  const { code, stdout, stderr } = await outcome;
  expect(code, stderr).toBe(130);
  const steps = Number(stdout.match(/^Stopped after (\d+) steps/)?.[1]);
  expect(steps).toBeGreaterThan(0);
  expect(readBundle(read('stopped.training.safetensors')).training?.step).toBe(steps);
  expect(readSafetensors(read('stopped.safetensors')).metadata.steps).toBe(String(steps));
});

test('training that diverges says so and leaves what was saved', async () => {
  const out = folder.at('diverged.safetensors');
  await train({ ...small, steps: '1', out });
  const saved = read('diverged.safetensors');
  const { tensors, metadata } = readSafetensors(read('diverged.training.safetensors'));
  tensors.set('final.bias', { dtype: 'F32', shape: [1], data: Float32Array.of(1e30) });
  writeFileSync(folder.at('diverging'), writeSafetensors(tensors, metadata));
  const { code, stderr } = await runCli(
    'train',
    ...options({ steps: '20', resume: folder.at('diverging'), out }),
    '--force',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/\nddpm: The loss of step 2 is Infinity: training has diverged\..*\n$/);
  expect(read('diverged.safetensors')).toEqual(saved);
});
