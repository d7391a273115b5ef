import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../../../golden/schedule.json';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { schedules } from '../../engine/diffusion/schedules/schedules';
import { formatQuantity } from '../../ui/formatQuantity';
import { curvesOf } from './curves';
import { engineTime, evenTimes, noisingAt } from './noising';

const linear = createDiffusion('linear', 1000);

describe('noisingAt', () => {
  it('is x₀ itself before the first step', () => {
    expect(noisingAt(linear, 0)).toEqual({
      t: 0,
      alphaBar: 1,
      signal: 1,
      noise: 0,
      beta: null,
      snr: Number.POSITIVE_INFINITY,
    });
  });

  it('has the weights that qSample applies, and they keep the variance at 1', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(schedules) as (keyof typeof schedules)[])),
        fc.integer({ min: 2, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, nSteps, part) => {
          const diffusion = createDiffusion(schedule, nSteps);
          const t = Math.round(part * nSteps);
          const { signal, noise, snr } = noisingAt(diffusion, t);
          const image = qSample(diffusion, Float32Array.of(1, 0), engineTime(t), Float32Array.of(0, 1));
          expect(image[0]).toBeCloseTo(signal, 6);
          expect(image[1]).toBeCloseTo(noise, 6);
          expect(signal ** 2 + noise ** 2).toBeCloseTo(1, 12);
          if (t > 0) expect(Math.log(snr)).toBeCloseTo(2 * Math.log(signal / noise), 6);
        },
      ),
    );
  });

  it('agrees with the reference schedule, whose t counts from 0', () => {
    golden.t.forEach((t, i) => {
      expect(noisingAt(linear, t + 1).alphaBar).toBeCloseTo(golden.alpha_bar[i] as number, 6);
      expect(noisingAt(linear, t + 1).beta).toBeCloseTo(golden.beta[i] as number, 8);
    });
  });

  it('takes β of the step that was taken last', () => {
    expect(noisingAt(linear, 1).beta).toBeCloseTo(1e-4, 9);
    expect(noisingAt(linear, 1000).beta).toBeCloseTo(0.02, 9);
  });

  it.each([-1, 1001, 2.5, Number.NaN])('refuses t = %d', (t) => {
    expect(() => noisingAt(linear, t)).toThrow(RangeError);
  });
});

describe('curvesOf', () => {
  it('starts ᾱ at 1 and falls in every step, with β and SNR from step 1 on', () => {
    const { beta, alphaBar, snr } = curvesOf(linear);
    expect([alphaBar.x[0], alphaBar.y[0], beta.x[0], snr.x[0]]).toEqual([0, 1, 1, 1]);
    expect(alphaBar.x.length).toBe(1001);
    for (let t = 1; t <= 1000; t++) {
      expect(alphaBar.y[t]).toBeLessThan(alphaBar.y[t - 1] as number);
      expect(Number.isFinite(snr.y[t - 1])).toBe(true);
    }
  });
});

describe('evenTimes', () => {
  it('holds both ends and rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 2, max: 20 }), (nSteps, count) => {
        const times = evenTimes(nSteps, count);
        expect([times[0], times.at(-1)]).toEqual([0, nSteps]);
        expect(times.length).toBe(Math.min(count, nSteps + 1));
        for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThan(times[i - 1] as number);
      }),
    );
  });
});

describe('formatQuantity', () => {
  it.each([
    [0.012, '0.0120'],
    [0.0001, '0.000100'],
    [9999.4, '9,999'],
    [4.0372e-5, '4.04·10⁻⁵'],
    [1, '1.00'],
    [Number.POSITIVE_INFINITY, '∞'],
    [0, '0'],
  ])('%d is %s', (value, text) => expect(formatQuantity(value)).toBe(text));
});
