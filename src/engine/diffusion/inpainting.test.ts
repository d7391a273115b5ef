import { describe, expect, test } from 'vitest';
import { Random } from '../training/random';
import { alphaBarAt, createDiffusion } from './diffusion';
import { type InpaintingSettings, type InpaintingStep, rePaint } from './inpainting';
import { networkCalls, resamplingPath } from './resampling';
import type { Denoiser } from './samplers/sampler';

const diffusion = createDiffusion('linear', 200);
/** Images of two pixels, x₀ ~ N(0, [[1, ρ], [ρ, 1]]); with the first known as v, the second is N(ρv, 1 − ρ²). */
const rho = 0.9;
const v = 1.2;
const count = 2000;

/** The exact ε: √(1−ᾱ) C⁻¹ x_t, C = ᾱ Σ + (1−ᾱ) I the covariance of x_t. */
const exact: Denoiser = async (xt, t) => {
  const alphaBar = alphaBarAt(diffusion, t);
  const off = alphaBar * rho;
  const scale = Math.sqrt(1 - alphaBar) / (1 - off ** 2);
  return xt.map((x, i) => scale * (x - off * (xt[i ^ 1] as number)));
};

function settingsOf(resampling: Partial<InpaintingSettings['resampling']> = {}): InpaintingSettings {
  return {
    diffusion,
    denoise: exact,
    image: Float32Array.of(v, 0),
    known: Uint8Array.of(1, 0),
    count,
    resampling: { steps: 200, resamplings: 1, jumpLength: 1, ...resampling },
    random: new Random(5),
    variance: 'betaTilde',
    clipX0: false,
  };
}

async function stepsOf(settings: InpaintingSettings): Promise<InpaintingStep[]> {
  const steps: InpaintingStep[] = [];
  for await (const step of rePaint(settings)) steps.push(step);
  return steps;
}

async function secondPixel(resampling: Partial<InpaintingSettings['resampling']>) {
  const { x } = (await stepsOf(settingsOf(resampling))).at(-1) as InpaintingStep;
  const values = x.filter((_, i) => i % 2 === 1);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

describe('with the exact ε of two correlated pixels', () => {
  test('resampling brings the unknown pixel to its conditional distribution', async () => {
    const errors: number[] = [];
    const spreads: number[] = [];
    for (const resamplings of [1, 3, 12]) {
      const { mean, variance } = await secondPixel({ resamplings, jumpLength: 10 });
      errors.push(Math.abs(mean - rho * v));
      spreads.push(variance / (1 - rho ** 2));
    }
    expect(spreads[0]).toBeGreaterThan(1.4);
    expect(Math.abs((spreads[2] as number) - 1)).toBeLessThan(0.15);
    const [once, thrice, twelve] = errors as [number, number, number];
    expect(once).toBeGreaterThan(2 * thrice);
    expect(twelve).toBeLessThan(thrice + 0.02);
    // Four standard errors, and what the discretisation adds.
    expect(twelve).toBeLessThan(4 * Math.sqrt((1 - rho ** 2) / count) + 0.02);
  });
});

test('known pixels are the image’s own to the bit, and only those', async () => {
  const { x } = (await stepsOf(settingsOf({ steps: 20 }))).at(-1) as InpaintingStep;
  const unknown = new Set(x.filter((_, i) => i % 2 === 1));
  expect(x.filter((_, i) => i % 2 === 0).every((value) => value === Math.fround(v))).toBe(true);
  expect(unknown.size).toBeGreaterThan(count / 2);
});

test('every variant has noise of its own, at the start and in what is known', async () => {
  const asked: Float32Array[] = [];
  const settings = settingsOf({ steps: 4 });
  const steps = await stepsOf({
    ...settings,
    count: 2,
    denoise: async (x, t) => {
      asked.push(x.slice());
      return exact(x, t);
    },
  });
  const [start] = asked as [Float32Array];
  expect(start[0]).not.toBe(start[2]);
  expect(start[1]).not.toBe(start[3]);
  // The known pixel of both on the way, noised to the same t; in the image it is its own.
  for (const { x, t } of steps) {
    if (t < 0) expect(x[0]).toBe(x[2]);
    else expect(x[0]).not.toBe(x[2]);
  }
});

test('a mask holds for all channels of a pixel', async () => {
  const image = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  const settings = { ...settingsOf({ steps: 5 }), image, known: Uint8Array.of(0, 1), count: 2 };
  const denoise: Denoiser = async (xt) => xt.map(() => 0);
  const { x } = (await stepsOf({ ...settings, denoise })).at(-1) as InpaintingStep;
  for (const at of [3, 9]) expect(x.slice(at, at + 3)).toEqual(image.slice(3));
  for (const at of [0, 6]) expect(x.slice(at, at + 3)).not.toEqual(image.slice(0, 3));
  await expect(stepsOf({ ...settings, known: new Uint8Array(4) })).rejects.toThrow('does not fit');
});

test('each move tells where it stands, and the network is asked only on the way down', async () => {
  let calls = 0;
  const denoise: Denoiser = (xt, t) => {
    calls++;
    return exact(xt, t);
  };
  const resampling = { steps: 12, resamplings: 3, jumpLength: 4 };
  const steps = await stepsOf({ ...settingsOf(resampling), denoise, count: 2 });
  const path = resamplingPath(resampling);
  expect(steps.map(({ index }) => index)).toEqual(path.slice(1).map((_, i) => i + 1));
  expect(new Set(steps.map(({ total }) => total))).toEqual(new Set([path.length - 1]));
  expect(calls).toBe(networkCalls(path));
  expect(steps.at(-1)?.t).toBe(-1);
});

describe('resamplingPath', () => {
  test('goes straight down for U = 1', () => {
    expect(resamplingPath({ steps: 4, resamplings: 1, jumpLength: 2 })).toEqual([4, 3, 2, 1, 0]);
  });

  test('for j = 1 repeats every step but the last U times, as algorithm 1 does', () => {
    expect(resamplingPath({ steps: 3, resamplings: 2, jumpLength: 1 })).toEqual([3, 2, 3, 2, 1, 2, 1, 0]);
  });

  test('jumps back from every j-th level, and never past the noise', () => {
    expect(resamplingPath({ steps: 6, resamplings: 2, jumpLength: 3 })).toEqual([
      6, 5, 4, 3, 2, 1, 4, 3, 2, 1, 0,
    ]);
    expect(resamplingPath({ steps: 3, resamplings: 9, jumpLength: 5 })).toEqual([3, 2, 1, 0]);
    for (const jumpLength of [1, 2, 5, 10]) {
      const resampling = { steps: 50, resamplings: 4, jumpLength };
      const path = resamplingPath(resampling);
      expect([path[0], path.at(-1), Math.max(...path)]).toEqual([50, 0, 50]);
      const jumps = Math.floor((50 - 1) / jumpLength);
      expect(networkCalls(path)).toBe(50 + jumps * 3 * jumpLength);
    }
  });

  test('names the limit of what it cannot use', () => {
    expect(() => resamplingPath({ steps: 3, resamplings: 0, jumpLength: 1 })).toThrow('U must be');
    expect(() => resamplingPath({ steps: 3, resamplings: 1, jumpLength: 1.5 })).toThrow('not 1.5');
  });
});
