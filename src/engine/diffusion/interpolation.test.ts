import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../training/random';
import { alphaBarAt, createDiffusion } from './diffusion';
import {
  angleBetween,
  type Blend,
  blended,
  blendedNoiseVariance,
  blendWeights,
  interpolation,
  joined,
  noisyPair,
} from './interpolation';
import { reverseFrom } from './partialReverse';
import { ancestral } from './samplers/ancestral';
import { ddim } from './samplers/ddim';
import type { Denoiser, Sampler, SamplerStep } from './samplers/sampler';

const diffusion = createDiffusion('linear', 60);
/** Not linear in x, so that an order of mixing and denoising that is wrong shows. */
const denoise: Denoiser = async (x, t) => x.map((value) => Math.tanh(value + t / 60));
const length = 12;
const sources = [new Random(1).normal(length), new Random(2).normal(length)] as const;
const choices = { diffusion, denoise, variance: 'beta' } as const;

async function lastOf(steps: AsyncGenerator<SamplerStep, void, void>): Promise<SamplerStep> {
  let last: SamplerStep | undefined;
  for await (const step of steps) last = step;
  return last as SamplerStep;
}

const norm = (x: Float32Array) => Math.hypot(...x);
const close = (a: Float32Array, b: Float32Array) =>
  a.forEach((value, i) => void expect(Math.abs(value - (b[i] as number))).toBeLessThan(1e-5));

describe.each<[string, Sampler, Blend]>([
  ['DDPM', ancestral, 'linear'],
  ['DDPM', ancestral, 'spherical'],
  ['DDIM', ddim, 'linear'],
])('interpolation with %s', (_, sampler, blend) => {
  const lambdas = [0, 0.25, 0.5, 1];
  const run = async (which: readonly number[]) => {
    const random = new Random(9);
    const pair = noisyPair(diffusion, sources, 40, 'own', random);
    const common = { ...choices, sampler, pair, t: 40, steps: 41, blend, lambdas: which, random };
    return (await lastOf(interpolation(common))).x;
  };

  test('ends in what denoising each source alone gives', async () => {
    const x = await run(lambdas);
    for (const [side, at] of [
      ['xt', 0],
      ['xtPrime', 3],
    ] as const) {
      const random = new Random(9);
      const pair = noisyPair(diffusion, sources, 40, 'own', random);
      const alone = await lastOf(reverseFrom(sampler, pair[side], 40, 41, { ...choices, random }));
      close(x.slice(at * length, (at + 1) * length), alone.x);
    }
  });

  test('gives each λ the same image in any batch', async () => {
    const x = await run(lambdas);
    for (const [i, lambda] of lambdas.entries())
      close(x.slice(i * length, (i + 1) * length), await run([lambda]));
  });
});

test('from t = −1 there is nothing to denoise', async () => {
  const random = new Random(9);
  const pair = noisyPair(diffusion, sources, -1, 'own', random);
  close(joined([pair.xt, pair.xtPrime]), joined([...sources]));
  const common = { ...choices, sampler: ddim, pair, t: -1, steps: 10, blend: 'linear', random } as const;
  expect(await lastOf(interpolation({ ...common, lambdas: [0.5] }))).toBeUndefined();
});

describe('slerp', () => {
  test('is at its ends where it should be, and keeps the norm between two of the same norm', () => {
    const seeds = fc.tuple(fc.nat(1000), fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(seeds, ([first, second, lambda]) => {
        const xt = new Random(first).normal(50);
        const other = new Random(second + 2000).normal(50);
        const xtPrime = other.map((value) => (value * norm(xt)) / norm(other));
        close(blended('spherical', { xt, xtPrime }, 0), xt);
        close(blended('spherical', { xt, xtPrime }, 1), xtPrime);
        const between = blended('spherical', { xt, xtPrime }, lambda);
        expect(Math.abs(norm(between) / norm(xt) - 1)).toBeLessThan(1e-4);
        // And λ is the share of the angle.
        const angle = angleBetween(xt, xtPrime);
        expect(Math.abs(angleBetween(xt, between) - lambda * angle)).toBeLessThan(2e-3);
      }),
    );
  });

  test('is the line where both are the same, opposite, or nothing', () => {
    const x = Float32Array.of(1, 2);
    for (const xtPrime of [x, x.map((value) => -value), new Float32Array(2)])
      expect(blendWeights('spherical', { xt: x, xtPrime }, 0.3)).toEqual({ from: 0.7, to: 0.3 });
  });
});

test('the variance of the noise in x̄_t is the one that is measured', () => {
  const nothing = new Float32Array(40_000);
  const t = 30;
  for (const blend of ['linear', 'spherical'] as const) {
    for (const noise of ['same', 'own'] as const) {
      const pair = noisyPair(diffusion, [nothing, nothing], t, noise, new Random(3));
      const x = blended(blend, pair, 0.5);
      const measured = x.reduce((sum, value) => sum + value ** 2, 0) / x.length;
      const weights = blendWeights(blend, pair, 0.5);
      const expected = blendedNoiseVariance(diffusion, t, weights, noise);
      expect(Math.abs(measured / expected - 1)).toBeLessThan(0.03);
      // The line loses half the variance of noise that is not shared; the arc keeps it.
      const share = expected / (1 - alphaBarAt(diffusion, t));
      expect(share).toBeCloseTo(blend === 'linear' && noise === 'own' ? 0.5 : 1, 1);
    }
  }
});
