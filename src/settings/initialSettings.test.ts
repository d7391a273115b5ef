import { expect, test } from 'vitest';
import { leastTrainingCount } from '../engine/data/split';
import { parameterCount } from '../engine/unet/size';
import { defaultSettings, initialSettings } from './defaultSettings';

const facts = (count: number, imageSize: number, channels = 1) => ({
  ...{ title: 'Mine', count, imageSize, channels, classNames: ['all'] },
});
const of = (...choice: Parameters<typeof facts>) => initialSettings('own:mine', facts(...choice));

test('few small images of one’s own get a small network and few steps', () => {
  const { model, training } = of(40, 12);
  expect(model).toMatchObject({ imageSize: 12, imageChannels: 1 });
  expect(parameterCount(model)).toBeLessThan(700_000);
  expect(training.batchSize).toBeLessThanOrEqual(leastTrainingCount(facts(40, 12)));
  expect(training.steps).toBeGreaterThanOrEqual(1000);
  expect(training.steps % 500).toBe(0);
  // Each image is seen about a thousand times.
  expect(training.steps * training.batchSize).toBeLessThanOrEqual(1500 * 40);
});

test('many get what a shipped data set of their size has', () => {
  const { model, training } = of(20_000, 16);
  const shipped = defaultSettings('fashion-16');
  expect(model).toEqual({ ...shipped.model, imageSize: 16, imageChannels: 1 });
  expect(training).toEqual(shipped.training);
  expect(of(20_000, 28, 3).training.steps).toBe(defaultSettings('fashion-28').training.steps);
});

test('more images never mean a smaller network or fewer steps', () => {
  const all = [1, 3, 40, 100, 399, 450, 2000, 20_000].map((count) => of(count, 16));
  const sizes = all.map(({ model }) => parameterCount(model));
  const steps = all.map(({ training }) => training.steps);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  for (const { training } of all) expect(training.batchSize).toBeGreaterThanOrEqual(1);
});
