import { expect, test } from 'vitest';
import { Random } from '../training/random';
import { createDiffusion } from './diffusion';
import { flowPoint } from './flow';
import { mixtureDenoiser } from './gaussianMixture';
import { PathLength } from './pathLength';
import { flowEuler } from './samplers/flowEuler';
import { spacedTimesteps } from './samplers/spacings';

const diffusion = createDiffusion('straight', 1000);

test('a straight path is 1, and two sides of a right angle are √2', () => {
  const at = (s: number, values: number[]) => {
    // Any t whose s is about as wanted; the scale is taken off again.
    const t = Math.round(s * 1000) - 1;
    const { scale } = flowPoint(diffusion, t);
    return [Float32Array.from(values, (value) => value / scale), t] as const;
  };
  const straight = new PathLength(diffusion, 2);
  for (const s of [1, 0.7, 0.2]) straight.add(...at(s, [3 * s, -4 * s, 1 - s, 5]));
  expect(straight.ratio).toBeCloseTo(1, 6);
  const corner = new PathLength(diffusion, 2);
  for (const [i, place] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ].entries())
    corner.add(...at(1 - 0.4 * i, place));
  expect(corner.ratio).toBeCloseTo(Math.SQRT2, 6);
  expect(new PathLength(diffusion, 2).ratio).toBeNaN();
});

test('the flow of one Gaussian in one dimension never turns, that of two apart does in the plane', async () => {
  const ratioOf = async (means: number[][], variance: number) => {
    const mixture = {
      weights: means.map(() => 1 / means.length),
      means,
      variances: means.map(() => variance),
    };
    const size = (means[0] as number[]).length;
    const start = new Random(2).normal(200 * size);
    const path = new PathLength(diffusion, size);
    path.add(start, 999);
    const timesteps = spacedTimesteps(diffusion, 100, 'noiseShare');
    const settings = { diffusion, start, timesteps, random: new Random(1), clipX0: false };
    for await (const { x, previous } of flowEuler({
      ...settings,
      denoise: mixtureDenoiser(mixture, diffusion),
    }))
      path.add(x, previous);
    return path.ratio;
  };
  // x_s of a point at the origin: x̂₀ is always 0, and the path leads straight there.
  expect(await ratioOf([[0, 0]], 1e-6)).toBeCloseTo(1, 3);
  const apart = await ratioOf(
    [
      [1, 0],
      [-1, 0],
      [0, 1.5],
    ],
    0.01,
  );
  expect(apart).toBeGreaterThan(1.02);
  expect(apart).toBeLessThan(2);
});
