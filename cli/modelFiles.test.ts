import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBundle } from '../src/engine/checkpoint/bundle';
import { withImages } from '../src/engine/checkpoint/bundledImages';
import { readSafetensors, writeSafetensors } from '../src/engine/checkpoint/safetensors';
import { floatsOf } from '../src/engine/halves';
import { runCommandLine } from './commandLine';
import { golden, temporaryFolder } from './testing/runCli';

// Each command starts the engine, and the files hold half a million weights.

const folder = temporaryFolder();
afterAll(folder.remove);
const model = golden('tiny.model.safetensors');

/** Runs a command line in this process; the JSON that it says. */
async function run(...args: string[]): Promise<Record<string, unknown>> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine([...args, '--json'], {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  });
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return JSON.parse(stdout);
}

const read = (path: string) => readBundle(readFileSync(path));

beforeAll(async () => {
  const out = folder.at('trained.safetensors');
  const trained = await run('train', '--dataset', 'digits', '--steps', '2', '--batch', '8', '--out', out);
  expect(trained).toMatchObject({
    stopped: false,
    step: 2,
    out,
    state: folder.at('trained.training.safetensors'),
  });
  expect(trained.loss).toBeGreaterThan(0);
});

test('info tells a model from a training state from any other file', async () => {
  expect(await run('info', model)).toMatchObject({
    kind: 'model',
    training: null,
    config: { image_size: 8 },
  });
  const state = await run('info', folder.at('trained.training.safetensors'));
  expect(state).toMatchObject({
    kind: 'training state',
    parameters: 595_393,
    training: { step: 2, extra: { dataset: 'digits', sawHeldOut: false } },
  });
  expect(await run('info', folder.at('trained.safetensors'))).toMatchObject({
    metadata: { dataset: 'digits', steps: '2', saw_held_out: 'false' },
  });
  const other = await run('info', golden('tiny.inputs.safetensors'));
  expect(other).toMatchObject({ kind: 'tensors', config: null, parameters: null });
  expect(other.tensors).toContainEqual({ name: 't', dtype: 'I32', shape: expect.anything() });
});

test('a training state with the images that it learned opens as any other, and says that they are not read', async () => {
  const images = { levels: new Uint8Array(3 * 64), labels: new Uint8Array(3) };
  const bytes = withImages(
    readFileSync(folder.at('trained.training.safetensors')),
    { count: 3, imageSize: 8, channels: 1 },
    images,
  );
  writeFileSync(folder.at('with-images.safetensors'), bytes);
  let stderr = '';
  const code = await runCommandLine(
    ['convert', folder.at('with-images.safetensors'), '--out', folder.at('plain.safetensors'), '--force'],
    { stdout: { write: () => {} }, stderr: { write: (text: string) => (stderr += text) } },
  );
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('with-images.safetensors: Not read: the 3 images that it learned.');
  expect(read(folder.at('plain.safetensors')).ema).toEqual(
    read(folder.at('trained.training.safetensors')).ema,
  );
  expect(await run('info', folder.at('with-images.safetensors'))).toMatchObject({ training: { step: 2 } });
});

test('convert makes a model of a training state, halves of floats, and a state of a model', async () => {
  const state = read(folder.at('trained.training.safetensors'));
  const [half, back, again] = ['half', 'back', 'again'].map((name) => folder.at(`${name}.safetensors`)) as [
    string,
    string,
    string,
  ];
  await run('convert', folder.at('trained.training.safetensors'), '--out', back, '--weights', 'raw');
  expect(read(back).weights).toEqual(state.weights);
  expect(readSafetensors(readFileSync(back)).metadata).toMatchObject({ steps: '2', saw_held_out: 'false' });

  await run('convert', folder.at('trained.training.safetensors'), '--out', half, '--dtype', 'f16');
  expect(statSync(half).size).toBeLessThan(0.6 * statSync(back).size);
  for (const [name, { data }] of read(half).weights) {
    const exact = state.ema.get(name)?.data as Float32Array;
    for (const [i, value] of floatsOf(data).entries())
      expect(Math.abs(value - (exact[i] as number))).toBeLessThanOrEqual(
        2 ** -11 * Math.abs(value) + 2 ** -25,
      );
  }

  await run('convert', half, '--to', 'state', '--out', again);
  const resumed = read(again);
  const widened = [...read(half).weights].map(([name, { shape, data }]) => [
    name,
    { shape, data: floatsOf(data) },
  ]);
  expect([...resumed.weights]).toEqual(widened);
  expect(resumed.training).toMatchObject({ step: 0, extra: { dataset: 'digits', sawHeldOut: false } });
});

test('convert gives a state dict without a config the one that is named', async () => {
  const { tensors, metadata } = readSafetensors(readFileSync(model));
  writeFileSync(folder.at('bare.safetensors'), writeSafetensors(tensors));
  writeFileSync(folder.at('config.json'), metadata.config as string);
  const out = folder.at('dressed.safetensors');
  await run('convert', folder.at('bare.safetensors'), '--config', folder.at('config.json'), '--out', out);
  expect(read(out).weights).toEqual(read(model).weights);
  expect(read(out).config).toEqual(read(model).config);
});

test('evaluate places a model between real images and noise', async () => {
  const shipped = 'public/models/digits.safetensors';
  const facts = (await run('evaluate', shipped, '--steps', '20', '--count', '48')) as {
    features: Record<'model' | 'floor' | 'ceiling', { frechet: number; precision: number }>;
    nearest: { distances: number[]; threshold: number };
    memorised: number;
    heldOutLoss: number;
    bound: { bits: number; error: number; images: number };
  };
  expect(facts).toMatchObject({
    dataset: 'digits',
    step: 10_000,
    count: 48,
    steps: 20,
    sawHeldOut: false,
    k: 3,
  });
  const { model: evaluated, floor, ceiling } = facts.features;
  expect(evaluated.frechet).toBeGreaterThan(0.3 * floor.frechet);
  expect(20 * evaluated.frechet).toBeLessThan(ceiling.frechet);
  expect(evaluated.precision).toBeGreaterThan(0.7);
  const { distances, threshold } = facts.nearest;
  expect(facts.memorised).toBeCloseTo(distances.filter((distance) => distance < threshold).length / 48, 10);
  expect(facts.heldOutLoss).toBeLessThan(0.1);
  // 17 levels without a model take log₂ 17 = 4.09 bits.
  expect(facts.bound.bits).toBeGreaterThan(0.5);
  expect(facts.bound.bits).toBeLessThan(4.09);
  expect(facts.bound.error).toBeLessThan(0.2);
  expect(facts.bound.images).toBe(64);
});
