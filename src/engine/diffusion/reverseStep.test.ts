import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { createDiffusion } from './diffusion';
import { pSample } from './reverse';
import { reverseStep } from './reverseStep';

const diffusion = createDiffusion('cosine', 200);
const random = new Random(3);
const image = () => random.normal(12).map((value) => Math.tanh(value));

describe('reverseStep', () => {
  it.each([0, 1, 57, 199])('takes the step of pSample at t = %i, both forms of the mean being one', (t) => {
    const [x0, noise, eps, z] = [image(), random.normal(12), random.normal(12), random.normal(12)];
    for (const variance of ['beta', 'betaTilde'] as const) {
      const step = reverseStep(diffusion, { x0, noise, eps, z, t }, { variance, clipX0: false });
      const added = t === 0 ? new Float32Array(12) : z;
      const next = pSample(diffusion, step.xt, t, eps, added, variance);
      for (const [i, value] of step.next.entries()) expect(value).toBeCloseTo(next[i] as number, 5);
      const size = Math.max(...step.meanFromEps.map(Math.abs));
      expect(step.difference).toBeLessThan(2e-4 * Math.max(1, size));
    }
  });

  it('is the posterior where the guess of the noise is right', () => {
    const [x0, noise, z] = [image(), random.normal(12), random.normal(12)];
    const choices = { variance: 'betaTilde', clipX0: true } as const;
    const { posteriorMean, mean } = reverseStep(diffusion, { x0, noise, eps: noise, z, t: 60 }, choices);
    for (const [i, value] of mean.entries()) expect(value).toBeCloseTo(posteriorMean[i] as number, 5);
  });

  it('takes the mean through x̂₀ where clipping parts both forms', () => {
    const ingredients = {
      x0: image(),
      noise: random.normal(12),
      eps: random.normal(12),
      z: image(),
      t: 150,
    };
    const step = reverseStep(diffusion, ingredients, { variance: 'beta', clipX0: true });
    expect(Math.max(...step.rawX0.map(Math.abs))).toBeGreaterThan(1);
    expect(Math.max(...step.x0.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(step.mean).toEqual(step.meanFromX0);
    expect(step.difference).toBeGreaterThan(1e-3);
  });
});
