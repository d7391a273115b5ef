import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { evaluatePoints } from './evaluatePoints';
import { pointData } from './pointData';
import { createPointModel } from './pointModel';
import { readPointModel, writePointModel } from './pointModelFile';
import { pointsFileName, shippedPointSets, shippedPointsFor, usualPoints } from './shippedPoints';

const { count, noise, model: config } = usualPoints;

test.each(shippedPointSets)(
  '%s ships with its facts, and draws what nobody could tell from the data',
  async (set) => {
    const bytes = await readFile(new URL(`../../../public/models/${pointsFileName(set)}`, import.meta.url));
    expect(bytes.length).toBeLessThan(64 * 1024);
    const model = await createPointModel(config, 1);
    const { weights, steps, metadata } = readPointModel(bytes, config, model.layers);
    expect(metadata).toMatchObject({ dataset: set, count: String(count), noise: String(noise), seed: '1' });
    expect(Number(metadata.training_seconds)).toBeGreaterThan(0);
    expect(steps).toBeGreaterThan(1000);
    const data = pointData({ set, count }, noise);
    const before = await evaluatePoints(model, data, { count: 500, seed: 2 });
    model.takeWeights(weights);
    const { error, distance } = await evaluatePoints(model, data, { count: 500, seed: 2 });
    expect(error).toBeLessThan(before.error / 5);
    // As near as fresh draws, but for what 500 points leave to chance.
    expect(distance.model).toBeLessThan(2 * distance.floor + 0.002);
    expect(distance.ceiling).toBeGreaterThan(2 * distance.model);
  },
);

test('a file comes back as it was written, rounded; another network or a damaged file is refused', async () => {
  const model = await createPointModel({ ...config, width: 12 }, 3);
  model.trainStep(pointData({ set: 'moons', count: 16 }, 0.1), { ...usualPoints.trainer, batchSize: 8 });
  const bytes = writePointModel(model, { seed: '3' });
  const read = () => readPointModel(bytes, model.config, model.layers);
  const weights = model.averagedWeights();
  const [largest, error] = [weights, read().weights.map((value, i) => value - (weights[i] as number))].map(
    (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  ) as [number, number];
  expect(error).toBeLessThan(largest / 1000);
  expect(read()).toMatchObject({ steps: 1, metadata: { seed: '3' } });
  expect(() => readPointModel(bytes, config, model.layers)).toThrow('another one');
  expect(() => readPointModel(bytes.subarray(0, 500), model.config, model.layers)).toThrow();
  bytes.fill(0xff, bytes.length - 64);
  expect(read).toThrow('no number');
});

test('a model ships for its own data and network alone', () => {
  expect(shippedPointsFor({ set: 'moons', count }, noise, config)).toBe('moons');
  expect(shippedPointsFor({ set: 'gaussianGrid', count: 7 }, noise, config), 'its count is fixed').toBe(
    'gaussianGrid',
  );
  expect(shippedPointsFor({ set: 'moons', count: 255 }, noise, config)).toBeNull();
  expect(shippedPointsFor({ set: 'moons', count }, 0.1, config)).toBeNull();
  expect(shippedPointsFor({ set: 'moons', count }, noise, { ...config, width: 64 })).toBeNull();
  expect(shippedPointsFor({ drawn: Float32Array.of(1, 1) }, noise, config)).toBeNull();
});
