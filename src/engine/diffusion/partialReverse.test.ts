import { expect, test } from 'vitest';
import { Random } from '../training/random';
import { createDiffusion } from './diffusion';
import { reverseFrom } from './partialReverse';
import { ddim } from './samplers/ddim';

/** The t at which the network is asked on the way from x_t to the image. */
async function askedAt(t: number, steps: number): Promise<number[]> {
  const asked: number[] = [];
  const way = reverseFrom(ddim, Float32Array.of(0.5), t, steps, {
    diffusion: createDiffusion('linear', 50),
    random: new Random(1),
    denoise: async (x, at) => {
      asked.push(at);
      return x;
    },
  });
  for await (const _ of way);
  return asked;
}

test.each([
  [5, 6, [5, 4, 3, 2, 1, 0]],
  // More steps than there are.
  [5, 100, [5, 4, 3, 2, 1, 0]],
  [6, 4, [6, 4, 2, 0]],
  [0, 3, [0]],
  // The image itself.
  [-1, 3, []],
])('the reverse process from t = %d in %d steps begins at that very t', async (t, steps, expected) => {
  expect(await askedAt(t, steps)).toEqual(expected);
});
