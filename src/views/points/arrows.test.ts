import { expect, test } from 'vitest';
import { alphaBarAt, createDiffusion } from '../../engine/diffusion/diffusion';
import { mixtureDenoiser } from '../../engine/diffusion/gaussianMixture';
import { gridPoints } from '../../engine/points/density';
import { shownVectors } from './arrows';

const diffusion = createDiffusion('cosine', 100);
const extent = 3;
const grid = gridPoints(5, extent);
const t = 40;

/** The field of N(m, s²) in closed form, and a learned one that is off by 0.1 everywhere. */
async function fieldOf(mean: number[], variance: number) {
  const exact = await mixtureDenoiser({ weights: [1], means: [mean], variances: [variance] }, diffusion)(
    grid,
    t,
  );
  return {
    kind: 'field',
    t,
    density: new Float32Array(),
    exact,
    learned: exact.map((eps) => eps + 0.1),
  } as const;
}

test('velocity and score of a Gaussian are those of its closed form', async () => {
  const [mean, variance] = [[0.5, -0.25], 0.04];
  const field = await fieldOf(mean, variance);
  const alphaBar = alphaBarAt(diffusion, t);
  const total = alphaBar * variance + 1 - alphaBar;
  const of = (quantity: 'score' | 'velocity') => shownVectors(field, 'exact', quantity, diffusion, extent);
  const [score, velocity] = [of('score'), of('velocity')];
  for (let i = 0; i < grid.length; i++) {
    const apart = (grid[i] as number) - Math.sqrt(alphaBar) * (mean[i % 2] as number);
    expect(score[i]).toBeCloseTo(-apart / total, 4);
    // E[ε | x] and E[x₀ | x] of two Gaussians.
    const eps = (Math.sqrt(1 - alphaBar) * apart) / total;
    const x0 = (mean[i % 2] as number) + (Math.sqrt(alphaBar) * variance * apart) / total;
    expect(velocity[i]).toBeCloseTo(eps - x0, 4);
  }
});

test('the difference is learned minus exact, in the quantity that is shown', async () => {
  const field = await fieldOf([0, 0], 0.04);
  const alphaBar = alphaBarAt(diffusion, t);
  const differences = {
    epsilon: 0.1,
    score: -0.1 / Math.sqrt(1 - alphaBar),
    velocity: 0.1 * (1 + Math.sqrt((1 - alphaBar) / alphaBar)),
  };
  for (const [quantity, expected] of Object.entries(differences)) {
    const vectors = shownVectors(
      field,
      'difference',
      quantity as keyof typeof differences,
      diffusion,
      extent,
    );
    for (const value of vectors) expect(value).toBeCloseTo(expected, 4);
  }
});
