import { describe, expect, test } from 'vitest';
import { Random } from '../../training/random';
import { alphaBarAt, createDiffusion } from '../diffusion';
import { ancestral } from './ancestral';
import { ddim } from './ddim';
import { dpmSolver } from './dpmSolver';
import { heun } from './heun';
import type { Denoiser, Sampler, SamplerSettings, SamplerStep } from './sampler';
import { spacedTimesteps, timesteps } from './spacings';

const diffusion = createDiffusion('linear', 1000);
/** Data of one pixel, x₀ ~ N(mean, spread²). */
const data = { mean: 0.4, spread: 0.3 };
const images = 3000;

/** ε that is exact for the data: x_t is Gaussian, so E[ε | x_t] is linear in x_t. */
const exact: Denoiser = async (xt, t) => {
  const alphaBar = alphaBarAt(diffusion, t);
  const variance = alphaBar * data.spread ** 2 + 1 - alphaBar;
  const centre = Math.sqrt(alphaBar) * data.mean;
  return xt.map((x) => (Math.sqrt(1 - alphaBar) * (x - centre)) / variance);
};

function settingsOf(changes: Partial<SamplerSettings> & { steps?: number } = {}): SamplerSettings {
  const { steps = diffusion.nSteps, ...others } = changes;
  return {
    diffusion,
    denoise: exact,
    start: new Random(1).normal(images),
    timesteps: timesteps(diffusion.nSteps, steps),
    random: new Random(2),
    variance: 'beta',
    clipX0: false,
    ...others,
  };
}

async function stepsOf(sampler: Sampler, settings: SamplerSettings): Promise<SamplerStep[]> {
  const steps: SamplerStep[] = [];
  for await (const step of sampler(settings)) steps.push(step);
  return steps;
}

async function imageOf(sampler: Sampler, settings: SamplerSettings): Promise<Float32Array> {
  let image = settings.start;
  for await (const { x } of sampler(settings)) image = x;
  return image;
}

function moments(values: Float32Array): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / values.length) };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

describe('with the exact ε of a Gaussian, its mean and spread come back', () => {
  test.each<[string, Sampler, Parameters<typeof settingsOf>[0]]>([
    ['DDPM with σ² = β', ancestral, {}],
    ['DDPM with σ² = β̃', ancestral, { variance: 'betaTilde' }],
    ['DDPM over 250 steps', ancestral, { variance: 'betaTilde', steps: 250 }],
    ['DDIM', ddim, {}],
    ['DDIM with η = 0.5', ddim, { eta: 0.5 }],
    ['DDIM with η = 1', ddim, { eta: 1 }],
    ['DPM-Solver++ over 50 steps', dpmSolver, { timesteps: spacedTimesteps(diffusion, 50, 'logSnr') }],
    ['Heun over 50 steps', heun, { steps: 50 }],
  ])('%s', async (_, sampler, changes) => {
    const { mean, spread } = moments(await imageOf(sampler, settingsOf(changes)));
    // Four standard errors of the mean of so many images, and what the discretisation adds.
    expect(Math.abs(mean - data.mean)).toBeLessThan((4 * data.spread) / Math.sqrt(images) + 0.004);
    expect(Math.abs(spread / data.spread - 1)).toBeLessThan(4 / Math.sqrt(2 * images) + 0.015);
  });

  test('and would not with half the noise predicted', async () => {
    const half: Denoiser = async (xt, t) => (await exact(xt, t)).map((eps) => eps / 2);
    for (const sampler of [ancestral, ddim, dpmSolver, heun]) {
      const { spread } = moments(await imageOf(sampler, settingsOf({ denoise: half })));
      expect(Math.abs(spread / data.spread - 1)).toBeGreaterThan(0.2);
    }
  });
});

test('DDIM at η = 0 maps x_T linearly, and half the steps make twice the error', async () => {
  const errorOf = async (steps: number) => {
    const [one, zero] = await imageOf(ddim, settingsOf({ steps, start: Float32Array.of(1, 0) }));
    return ((one as number) - (zero as number)) / data.spread - 1;
  };
  const errors = [await errorOf(50), await errorOf(100), await errorOf(200), await errorOf(400)];
  expect(Math.abs(errors.at(-1) as number)).toBeLessThan(0.02);
  for (const [i, error] of errors.slice(1).entries()) expect((errors[i] as number) / error).toBeCloseTo(2, 0);
});

describe('DDIM and DDPM', () => {
  test('are the same chain where η = 1 and σ² = β̃, over all steps and over some', async () => {
    for (const steps of [1000, 100]) {
      const common = { steps, start: new Random(3).normal(8) };
      const implicit = await stepsOf(ddim, settingsOf({ ...common, eta: 1 }));
      const random = new Random(2);
      const paper = await stepsOf(ancestral, settingsOf({ ...common, variance: 'betaTilde', random }));
      expect(implicit.length).toBe(steps);
      for (const [i, { x }] of implicit.entries())
        expect(largestDifference(x, (paper[i] as SamplerStep).x)).toBeLessThan(2e-4);
    }
  });

  test.each([
    ['DDPM', ancestral],
    ['DDIM', ddim],
  ])(
    '%s: x̂₀ is in the range of images when it is clipped, and the step starts from it',
    async (_, sampler) => {
      const start = Float32Array.of(3, -4, 0.1);
      const common = { start, steps: 20, denoise: async (xt: Float32Array) => xt.map(() => 0) };
      const free = await stepsOf(sampler, settingsOf(common));
      const clipped = await stepsOf(sampler, settingsOf({ ...common, clipX0: true, random: new Random(2) }));
      expect(Math.max(...(free[0] as SamplerStep).x0.map(Math.abs))).toBeGreaterThan(1);
      for (const { x0, eps, t, previous, x } of clipped) {
        expect(Math.max(...x0.map(Math.abs))).toBeLessThanOrEqual(1);
        if (previous < 0) expect(largestDifference(x, x0)).toBeLessThan(1e-3);
        if (t < diffusion.nSteps - 1) continue;
        // ε̂ is the one that takes x̂₀ to x_t.
        const alphaBar = alphaBarAt(diffusion, t);
        const again = x0.map(
          (value, i) => Math.sqrt(alphaBar) * value + Math.sqrt(1 - alphaBar) * (eps[i] as number),
        );
        expect(largestDifference(again, start)).toBeLessThan(1e-5);
      }
    },
  );
});

describe('DDPM', () => {
  test('adds noise after the last step only when it is asked to', async () => {
    const common = { start: new Random(3).normal(4), steps: 10 };
    const last = async (noiseAtEnd: boolean) =>
      (await stepsOf(ancestral, settingsOf({ ...common, noiseAtEnd, random: new Random(2) }))).at(
        -1,
      ) as SamplerStep;
    const [without, withNoise] = [await last(false), await last(true)];
    expect(largestDifference(without.x, without.x0)).toBeLessThan(1e-3);
    expect(largestDifference(withNoise.x, without.x)).toBeGreaterThan(1e-3);
  });
});

describe('a chain', () => {
  test('is the same again from the same seed, and another from another', async () => {
    const image = (seed: number) => imageOf(ancestral, settingsOf({ steps: 30, random: new Random(seed) }));
    expect(await image(5)).toEqual(await image(5));
    expect(await image(5)).not.toEqual(await image(6));
  });
});

describe('timesteps', () => {
  test('fall from T − 1 to 0, each once', () => {
    expect(timesteps(4, 4)).toEqual([3, 2, 1, 0]);
    expect(timesteps(4, 9)).toEqual([3, 2, 1, 0]);
    for (const count of [2, 3, 50, 333, 999]) {
      const visited = timesteps(1000, count);
      expect(visited.length).toBe(count);
      expect([visited[0], visited.at(-1)]).toEqual([999, 0]);
      expect(visited.every((t, i) => i === 0 || t < (visited[i - 1] as number))).toBe(true);
    }
    expect(timesteps(1000, 1)).toEqual([999]);
  });
});
