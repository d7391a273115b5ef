import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { droppedWeight, modelVariance, priorTerm, stepTerm } from './bound';
import { stratifiedTimesteps } from './boundSchedule';
import { logDecoder } from './decoder';
import { createDiffusion, type Diffusion, diffusionFromBetas } from './diffusion';
import { qSample } from './forward';
import { klGaussians, logNormalCdf, logNormalInterval } from './gaussian';

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('klGaussians', () => {
  it.each([
    [0, 1, 0, 1],
    [0.3, 0.04, -0.2, 0.09],
    [1, 2, 1.5, 0.7],
  ])('of N(%d, %d) and N(%d, %d) is what Monte Carlo finds', (m1, v1, m2, v2) => {
    const logDensity = (x: number, m: number, v: number) =>
      -0.5 * (Math.log(2 * Math.PI * v) + (x - m) ** 2 / v);
    const ratios = new Random(2).normal(400_000).map((z) => {
      const x = m1 + Math.sqrt(v1) * z;
      return logDensity(x, m1, v1) - logDensity(x, m2, v2);
    });
    const average = mean(ratios);
    const deviation = Math.sqrt(mean(ratios.map((value) => (value - average) ** 2)));
    expect(Math.abs(klGaussians(m1, v1, m2, v2) - average)).toBeLessThan(
      1e-6 + (4 * deviation) / Math.sqrt(ratios.length),
    );
  });
});

describe('logNormalCdf', () => {
  // By math.erfc of Python; the first by mpmath.
  it.each([
    [-40, -804.608442013754],
    [-8, -35.0134371599145],
    [-3.5, -8.36606530834403],
    [-1, -1.84102164500926],
    [0, -Math.LN2],
    [2, -0.0230129093289635],
    [6, -9.86587645524684e-10],
  ])('ln Φ(%d)', (x, expected) => {
    const found = x < -30 ? logNormalInterval(Number.NEGATIVE_INFINITY, x) : logNormalCdf(x);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6);
  });
});

describe('logDecoder', () => {
  it.each([17, 256])('shares all probability out among %i levels', (levels) => {
    for (const [m, sigma] of [
      [0.13, 0.01],
      [-0.98, 0.3],
      [1.4, 0.02],
      [0, 5],
    ] as const) {
      const all = Array.from({ length: levels }, (_, i) =>
        Math.exp(logDecoder((2 * i) / (levels - 1) - 1, m, sigma, levels)),
      );
      expect(all.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
    }
  });

  it('stays finite and falls with the distance far out', () => {
    const [near, far] = [logDecoder(0.5, 0, 0.01, 17), logDecoder(0.5, -0.5, 0.01, 17)];
    expect(Number.isFinite(far)).toBe(true);
    expect(far).toBeLessThan(near);
    // The bin's near edge decides: −½ (0.9375/0.01)² and a little.
    expect(far / (-0.5 * 93.75 ** 2)).toBeCloseTo(1, 1.9);
  });
});

/** Images of independent values N(m, s²), for which the best guess of ε is known exactly. */
function gaussianData(diffusion: Diffusion, m: number, s: number) {
  const marginal = (t: number) =>
    (diffusion.alphaBar[t] as number) * s ** 2 + 1 - (diffusion.alphaBar[t] as number);
  return {
    exactEps: (xt: Float32Array, t: number) => {
      const alphaBar = diffusion.alphaBar[t] as number;
      return xt.map((x) => (Math.sqrt(1 - alphaBar) * (x - Math.sqrt(alphaBar) * m)) / marginal(t));
    },
    /** Var(x₀ | x_t). */
    uncertainty: (t: number) => (s ** 2 * (1 - (diffusion.alphaBar[t] as number))) / marginal(t),
  };
}

describe('the bound of Gaussian data by the exact denoiser', () => {
  const diffusion = createDiffusion('linear', 1000);
  const [m, s, levels, length] = [0.1, 0.25, 256, 100];
  const { exactEps, uncertainty } = gaussianData(diffusion, m, s);
  const onLevels = (x: number) => (2 * Math.round(((x + 1) / 2) * (levels - 1))) / (levels - 1) - 1;
  const x0 = new Random(1).normal(100 * length).map((z) => onLevels(m + s * z));

  function term(t: number, variance: 'beta' | 'betaTilde', seed = 1000 + t) {
    const xt = qSample(diffusion, x0, t, new Random(seed).normal(x0.length));
    const choices = { variance, levels, clipX0: false };
    return mean(stepTerm(diffusion, { x0, xt, eps: exactEps(xt, t), t, length }, choices));
  }

  it.each([1, 10, 100, 500, 999])('has the terms of the closed form at t = %i', (t) => {
    for (const variance of ['beta', 'betaTilde'] as const) {
      const sigma2 = modelVariance(diffusion, t, variance);
      const betaTilde = diffusion.betaTilde[t] as number;
      const coefX0 =
        (Math.sqrt(diffusion.alphaBar[t - 1] as number) * (diffusion.betas[t] as number)) /
        (1 - (diffusion.alphaBar[t] as number));
      const exact =
        0.5 * (Math.log(sigma2 / betaTilde) + betaTilde / sigma2 - 1) +
        (coefX0 ** 2 * uncertainty(t)) / (2 * sigma2);
      expect(Math.abs(term(t, variance) / exact - 1)).toBeLessThan(0.06);
    }
  });

  // β is the variance of the exact reverse step where data are wide against its noise.
  it('comes in total to the entropy of the data, and a little above, with σ² = β', () => {
    let total = mean(priorTerm(diffusion, x0, length));
    for (const { t, count } of [{ t: 0, count: 1 }, ...stratifiedTimesteps(1000, 150, new Random(4))]) {
      total += count * term(t, 'beta');
    }
    // The entropy of N(m, s²) in bins of 2/255.
    const entropy = 0.5 * Math.log(2 * Math.PI * Math.E * s ** 2) - Math.log(2 / (levels - 1));
    expect(total).toBeGreaterThan(entropy - 0.02);
    expect(total).toBeLessThan(entropy + 0.1);
  });

  it('weighs the squared error of ε by what L_simple drops', () => {
    for (const t of [1, 50, 900]) {
      const noise = new Random(1000 + t).normal(x0.length);
      const xt = qSample(diffusion, x0, t, noise);
      const eps = exactEps(xt, t);
      const choices = { variance: 'betaTilde', levels, clipX0: false } as const;
      const found = mean(stepTerm(diffusion, { x0, xt, eps, t, length }, choices));
      const error = mean(noise.map((value, i) => (value - (eps[i] as number)) ** 2));
      expect(found / (droppedWeight(diffusion, t, 'betaTilde') * error)).toBeCloseTo(1, 1.9);
    }
  });
});

describe('stratifiedTimesteps', () => {
  it.each([
    [1000, 20],
    [1000, 5000],
    [10, 3],
    [2, 1],
    [50, 48],
  ])('covers each of %i steps once in %i stretches', (nSteps, count) => {
    for (let seed = 0; seed < 20; seed++) {
      const stretches = stratifiedTimesteps(nSteps, count, new Random(seed));
      expect(stretches.length).toBe(Math.min(count, nSteps - 1));
      let from = 1;
      for (const { t, count } of stretches) {
        expect(count).toBeGreaterThan(0);
        expect(t).toBeGreaterThanOrEqual(from);
        from += count;
        expect(t).toBeLessThan(from);
      }
      expect(from).toBe(nSteps);
    }
  });
});

it('takes the second β̃ where the first is 0', () => {
  const diffusion = diffusionFromBetas([0.1, 0.2, 0.4]);
  // β̃_2 = β_2 (1 − ᾱ_1)/(1 − ᾱ_2) with ᾱ_1 = 0.9 and ᾱ_2 = 0.72, counted from 1 as in the paper.
  for (const t of [0, 1]) expect(modelVariance(diffusion, t, 'betaTilde')).toBeCloseTo((0.2 * 0.1) / 0.28, 6);
  expect(modelVariance(diffusion, 0, 'beta')).toBeCloseTo(0.1, 6);
});

it('measures how far q(x_T | x₀) is from noise, and not how far noise is from it', () => {
  const diffusion = diffusionFromBetas([0.1, 0.2, 0.4]);
  const alphaBar = 0.9 * 0.8 * 0.6;
  // D_KL(N(μ, v) ‖ N(0, 1)) = ½ (v + μ² − 1 − ln v).
  const expected = [0.5, -1].map((x) => (1 - alphaBar + alphaBar * x ** 2 - 1 - Math.log(1 - alphaBar)) / 2);
  const [first, second] = priorTerm(diffusion, Float32Array.of(0.5, -1), 1);
  expect(first).toBeCloseTo(expected[0] as number, 6);
  expect(second).toBeCloseTo(expected[1] as number, 6);
});

it('draws the step of a stretch from all of it', () => {
  const drawnBy = (value: number) => stratifiedTimesteps(1000, 12, { uniform: () => value });
  const [first, last] = [drawnBy(0), drawnBy(1 - 1e-9)];
  first.forEach(({ t, count }, i) => {
    expect(last[i]).toEqual({ t: t + count - 1, count });
    // They follow on one another, from 1 to T − 1.
    expect(t).toBe(i === 0 ? 1 : (last[i - 1]?.t as number) + 1);
  });
  expect(last.at(-1)?.t).toBe(999);
});
