import { expect, test } from 'vitest';
import { imagesOf, type KeptSample, keptSample, sampleAt, withSample } from './keptSamples';

const at = (step: number): KeptSample => ({ step, count: 1, size: 1, channels: 1, images: '' });

test('a sample is kept as bytes and drawn as it was', () => {
  const images = Float32Array.of(-1, 1, 0, -1, 1, 1, 1, 1);
  const kept = keptSample({ step: 7, images, count: 2, size: 2, channels: 1, nClasses: 0 });
  expect(kept).toMatchObject({ step: 7, count: 2, size: 2, channels: 1 });
  expect([...imagesOf(kept).images]).toEqual([0, 255, 128, 0, 255, 255, 255, 255]);
});

test('of large images only as many are kept as have room, one at least', () => {
  const large = { step: 1, count: 16, channels: 3, nClasses: 0 };
  const kept = (size: number) =>
    keptSample({ ...large, size, images: new Float32Array(16 * size * size * 3) }).count;
  expect([kept(16), kept(64), kept(256)]).toEqual([16, 5, 1]);
});

test('at most 24 are kept over a long run: one an interval, and always the newest', () => {
  let samples: KeptSample[] = [];
  for (let step = 3; step <= 4003; step += 50) samples = withSample(samples, at(step));
  expect(samples.length).toBeLessThanOrEqual(24);
  expect(samples[0]?.step).toBe(3);
  expect(samples.at(-1)?.step).toBe(4003);
  const gaps = samples.slice(1, -1).map(({ step }, i) => step - (samples[i] as KeptSample).step);
  expect(Math.max(...gaps)).toBeLessThan(400);
  expect(withSample(samples, at(2000)).at(-1)?.step, 'weights that went back').toBe(2000);
});

test('a run is shown by its last sample up to a step', () => {
  const samples = [at(10), at(20)];
  expect([5, 10, 19, 30].map((step) => sampleAt(samples, step)?.step)).toEqual([10, 10, 10, 20]);
  expect(sampleAt([], 3)).toBeUndefined();
});
