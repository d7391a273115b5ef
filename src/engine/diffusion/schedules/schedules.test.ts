import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../training/random';
import { configProblems, parseModelConfig } from '../../unet/config';
import { createDiffusion, diffusionFromBetas } from '../diffusion';
import { qSample, qStep } from '../forward';
import { drawnPoints, drawnSchedule, leastFall, parseDrawnSchedule } from './drawn';
import { monotone } from './monotone';
import { isSchedule, scheduleOf, schedules } from './schedules';

const falling = fc
  .array(fc.double({ min: 0.02, max: 1, noNaN: true }), {
    minLength: drawnPoints + 1,
    maxLength: drawnPoints + 1,
  })
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    let left = 1;
    return parts.slice(0, drawnPoints).map((part) => (left -= part / total));
  });

describe.each([...Object.keys(schedules), drawnSchedule([0.9, 0.8, 0.6, 0.4, 0.25, 0.1, 0.05, 0.01])])(
  '%s',
  (id) => {
    test.each([2, 20, 1000])('of %i steps: β in (0, 1), ᾱ falls from near 1', (nSteps) => {
      const { betas, alphaBar } = createDiffusion(id, nSteps);
      expect(betas.every((beta) => beta > 0 && beta < 1)).toBe(true);
      expect(alphaBar.every((value, t) => value > 0 && value < (alphaBar[t - 1] ?? 1))).toBe(true);
    });
  },
);

test('zero terminal SNR: √ᾱ keeps its start, ends at nothing, and is a straight line of the linear one’s', () => {
  const [linear, rescaled] = [createDiffusion('linear', 1000), createDiffusion('zeroTerminal', 1000)];
  expect(rescaled.alphaBar[0]).toBeCloseTo(linear.alphaBar[0] as number, 6);
  expect(rescaled.alphaBar[999]).toBeCloseTo(2 ** -24, 9);
  const root = ({ alphaBar }: typeof linear, t: number) => Math.sqrt(alphaBar[t] as number);
  const [first, last] = [root(linear, 0), root(linear, 999)];
  for (const t of [100, 500, 900])
    expect(Math.abs(root(rescaled, t) - ((root(linear, t) - last) * first) / (first - last))).toBeLessThan(
      2 ** -12,
    );
});

test('where the last step is pure noise, ε is refused', () => {
  const config = {
    image_channels: 1,
    image_size: 8,
    n_channels: 32,
    ch_mults: [1],
    is_attn: [false],
    n_blocks: 1,
    n_steps: 100,
  };
  const parsed = parseModelConfig({ ...config, schedule: 'zeroTerminal', objective: 'v' });
  expect(configProblems(parsed)).toEqual([]);
  expect(() => parseModelConfig({ ...config, schedule: 'zeroTerminal' })).toThrow(/predict v or x₀/);
});

describe('a drawn schedule', () => {
  test('is its points, and goes through them', () => {
    fc.assert(
      fc.property(falling, (points) => {
        const id = drawnSchedule(points);
        fc.pre(parseDrawnSchedule(id) !== null);
        expect(drawnSchedule(parseDrawnSchedule(id) as number[])).toBe(id);
        const { alphaBar, betas } = createDiffusion(id, 800);
        expect(betas.every((beta) => beta > 0 && beta < 1)).toBe(true);
        points.forEach((value, i) => {
          // β is at most 0.999, which a steep end may ask for.
          if (value > 0.01) expect(alphaBar[(i + 1) * 100 - 1]).toBeCloseTo(value, 2);
        });
      }),
    );
  });

  test.each([
    ['too few points', 'drawn:0.9,0.5'],
    ['a rise', 'drawn:0.9,0.8,0.85,0.5,0.4,0.3,0.2,0.1'],
    ['a level', `drawn:0.9,0.8,${0.8 - leastFall / 2},0.5,0.4,0.3,0.2,0.1`],
    ['text', 'drawn:a,b,c,d,e,f,g,h'],
    ['nothing left', 'drawn:0.9,0.8,0.7,0.5,0.4,0.3,0.2,0'],
    ['another name', '__proto__'],
  ])('is refused for %s', (_, id) => {
    expect(isSchedule(id)).toBe(false);
    expect(() => scheduleOf(id)).toThrow(/There is no schedule/);
  });

  test('never rises between its points', () => {
    fc.assert(
      fc.property(falling, (points) => {
        const curve = monotone([1, ...points]);
        for (let i = 0; i < 400; i++)
          expect(curve((i + 1) / 400)).toBeLessThanOrEqual(curve(i / 400) + 1e-12);
      }),
    );
  });
});

test('step by step or in one jump: x_t has the same mean and variance', () => {
  const count = 4000;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 0.6, noNaN: true }), { minLength: 2, maxLength: 8 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.nat(),
      (betas, pixel, seed) => {
        const diffusion = diffusionFromBetas(betas);
        const t = betas.length - 1;
        const random = new Random(seed);
        let chain = new Float32Array(count).fill(pixel);
        const jump = qSample(diffusion, chain, t, random.normal(count));
        for (let step = 0; step <= t; step++)
          chain = qStep(diffusion, chain, step, random.normal(count)) as typeof chain;
        const alphaBar = diffusion.alphaBar[t] as number;
        for (const x of [jump, chain]) {
          const mean = x.reduce((sum, value) => sum + value, 0) / count;
          const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
          // Five standard errors.
          expect(Math.abs(mean - Math.sqrt(alphaBar) * pixel)).toBeLessThan(
            5 * Math.sqrt((1 - alphaBar) / count),
          );
          expect(Math.abs(variance / (1 - alphaBar) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('sigmoid: ᾱ falls as Jabri et al. give it, from −3 to 3', () => {
  const { alphaBar } = createDiffusion('sigmoid', 4);
  // (σ(3) − σ(6u − 3))/(σ(3) − σ(−3)) by hand, at u = ¼, ½, ¾; the last step is cut at β = 0.999.
  for (const [t, expected] of [0.850853, 0.5, 0.149147].entries())
    expect(alphaBar[t]).toBeCloseTo(expected, 5);
});
