import { describe, expect, test } from 'vitest';
import { Random } from '../training/random';
import { createDiffusion } from './diffusion';
import { guidedDenoiser } from './guidance';
import { learnedLogVariance, roomForVariance } from './learnedVariance';
import { denoiseInParts } from './samplers/inParts';
import type { Denoiser } from './samplers/sampler';
import { samplers } from './samplers/samplers';
import { timesteps } from './samplers/spacings';

const diffusion = createDiffusion('cosine', 60);

/** Guesses badly, and says v of every value. */
const saying = (v0: number): Denoiser => {
  return async (xt, t, v) => {
    v?.fill(v0);
    return xt.map((value) => Math.sin(value + t));
  };
};

async function drawn(denoise: Denoiser, variance: 'beta' | 'betaTilde' | 'learned', steps: number) {
  const random = new Random(7);
  const settings = { diffusion, denoise, random, variance, start: random.normal(6), clipX0: false };
  let x = settings.start;
  for await (const step of samplers.ancestral.sampler({ ...settings, timesteps: timesteps(60, steps) }))
    x = step.x;
  return [...x];
}

describe.each([60, 9])('DDPM in %i steps with a learned variance', (steps) => {
  test('is that of β at v = 1, and of β̃ at v = −1', async () => {
    const like = async (v: number, fixed: 'beta' | 'betaTilde') => {
      const [learned, expected] = [
        await drawn(saying(v), 'learned', steps),
        await drawn(saying(v), fixed, steps),
      ];
      for (const [i, value] of learned.entries()) expect(value).toBeCloseTo(expected[i] as number, 3);
      return learned;
    };
    expect(await like(1, 'beta')).not.toEqual(await like(-1, 'betaTilde'));
  });
});

test('half-way, σ is the geometric mean of both', () => {
  const [logVariance] = learnedLogVariance(diffusion, Float32Array.of(0), 30);
  const [beta, betaTilde] = [diffusion.betas[30] as number, diffusion.betaTilde[30] as number];
  expect(Math.exp(logVariance as number)).toBeCloseTo(Math.sqrt(beta * betaTilde), 8);
});

test('a model that has learned none is refused by name', async () => {
  const exact: Denoiser = async (xt) => xt;
  await expect(drawn(exact, 'learned', 9)).rejects.toThrow(/has not learned its variance: choose β or β̃/);
});

test('v comes whole through parts, and is that of the class under guidance', async () => {
  const inParts = denoiseInParts(
    async (xt, _, v) => {
      v?.set(xt.map((value) => 10 * value));
      return xt;
    },
    2,
    3,
  );
  const xt = Float32Array.from({ length: 15 }, (_, i) => i);
  const v = roomForVariance(xt);
  await inParts(xt, 5, v);
  expect(v).toEqual(xt.map((value) => 10 * value));

  const guided = guidedDenoiser(
    async (x, _, labels, v) => {
      for (const [image, label] of labels.entries()) v?.fill(label, 3 * image, 3 * image + 3);
      return x;
    },
    [
      { label: 4, guidance: 2 },
      { label: -1, guidance: 0 },
    ],
  );
  const ofClass = new Float32Array(6);
  await guided(Float32Array.from({ length: 6 }), 5, ofClass);
  expect([...ofClass]).toEqual([4, 4, 4, -1, -1, -1]);
});
