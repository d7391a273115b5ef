import { deleteDB } from 'idb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineWorker } from '../app/startEngineWorker';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import { connectEngine } from './client';
import type { SamplingStep, TrainingEvent } from './protocol';

const baseUrl = new URL('/', location.href).href;
const config = { ...tinyConfig, nSteps: 20, dropout: 0 };
const training = { ...tinyTraining, steps: 60, preview: { count: 4, samplerSteps: 3, seed: 1 } };
const sampling = { ...tinySampling, count: 2, seed: 3, steps: 20 };

beforeAll(() => deleteDB('ddpm-playground'));
afterAll(() => deleteDB('ddpm-playground'));

test('the engine in its worker trains, samples, and brings its model back in the next one', async () => {
  const engine = connectEngine(startEngineWorker);
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
  // So much that previews come, however fast a step is.
  await engine.setSamplingShare(0.9);
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

  const next = connectEngine(startEngineWorker);
  await next.start({ baseUrl, backend: 'wasm' });
  await next.loadDataset('digits');
  const restored = await next.restore();
  expect(restored).toMatchObject({ config, step: 60, dataset: 'digits', settings: training });
  expect([...(restored?.losses ?? [])]).toEqual(losses);
  expect(await draw(next)).toEqual(steps);
});

test('a worker runs the backend that it was asked for', async () => {
  const engine = connectEngine(startEngineWorker);
  const report = await engine.start({ baseUrl, backend: 'cpu' });
  expect(report).toMatchObject({ name: 'cpu', threads: 1, fused: false });
});
