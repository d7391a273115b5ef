import { deleteDB } from 'idb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseModelConfig } from '../engine/unet/config';
import { connectEngine } from './client';
import type { SamplingSettings, SamplingStep, TrainingEvent, TrainingSettings } from './protocol';

const baseUrl = new URL('/', location.href).href;
const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 20,
  n_groups: 4,
  n_final_groups: 4,
});
const training: TrainingSettings = {
  batchSize: 8,
  learningRate: 2e-3,
  emaDecay: 0.99,
  steps: 60,
  preview: { count: 4, samplerSteps: 3, seed: 1 },
};
const sampling: SamplingSettings = {
  count: 2,
  seed: 3,
  sampler: 'ancestral',
  steps: 20,
  spacing: 'even',
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
  weights: 'ema',
};

beforeAll(() => deleteDB('ddpm-playground'));
afterAll(() => deleteDB('ddpm-playground'));

test('the engine in its worker trains, samples, and brings its model back in the next one', async () => {
  const engine = connectEngine();
  // A page that is cross-origin isolated shares memory: two threads and more.
  const report = await engine.start({ baseUrl, backend: 'wasm' });
  expect(report).toMatchObject({ name: 'wasm', fused: true, notices: [] });
  expect(report.threads).toBe(navigator.hardwareConcurrency);
  const { images, labels, classNames } = await engine.loadDataset('digits');
  expect([images.length, labels.length, classNames.length]).toEqual([1797 * 64, 1797, 10]);
  expect(await engine.restore()).toBeNull();

  await expect(engine.createModel({ ...config, nChannels: 10 }, 1)).rejects.toThrow(
    /10 channels cannot be split/,
  );
  expect(await engine.createModel(config, 1)).toEqual({ config, parameters: expect.any(Number) });
  const events: TrainingEvent[] = [];
  expect(await engine.train(training, (event) => void events.push(event))).toEqual({
    reason: 'finished',
    step: 60,
  });
  const losses = events.flatMap((event) => (event.kind === 'progress' ? [...event.losses] : []));
  expect(losses.length).toBe(60);
  expect(events.some((event) => event.kind === 'preview')).toBe(true);
  expect(events.filter((event) => event.kind === 'notice')).toEqual([]);

  const draw = async (from: typeof engine) => {
    const steps: SamplingStep[] = [];
    expect((await from.sample(sampling, (step) => void steps.push(step))).reason).toBe('finished');
    return steps;
  };
  const steps = await draw(engine);
  expect(steps.length).toBe(21);
  expect(steps.every(({ x }) => x.length === 2 * 64 && x.every(Number.isFinite))).toBe(true);

  const next = connectEngine();
  await next.start({ baseUrl, backend: 'wasm' });
  await next.loadDataset('digits');
  const restored = await next.restore();
  expect(restored).toMatchObject({ config, step: 60, dataset: 'digits', settings: training });
  expect([...(restored?.losses ?? [])]).toEqual(losses);
  expect(await draw(next)).toEqual(steps);
});

test('a worker runs the backend that it was asked for', async () => {
  const engine = connectEngine();
  const report = await engine.start({ baseUrl, backend: 'cpu' });
  expect(report).toMatchObject({ name: 'cpu', threads: 1, fused: false });
});
