import { expect, test } from 'vitest';
import { denoiseInParts } from './inParts';

test('images go through the network in parts, and come back whole', async () => {
  const lengths: number[] = [];
  const denoise = denoiseInParts(
    async (xt, t, _, first) => {
      lengths.push(xt.length);
      expect(xt[0]).toBe(3 * first);
      return xt.map((value) => value + t);
    },
    2,
    3,
  );
  const xt = Float32Array.from({ length: 15 }, (_, i) => i);
  expect(await denoise(xt, 100)).toEqual(xt.map((value) => value + 100));
  expect(lengths).toEqual([6, 6, 3]);
});
