import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../training/random';
import { alphaBarAt, createDiffusion, timeAt } from './diffusion';
import { flowPoint, timeOfFlow } from './flow';
import { qSample } from './forward';
import { type GaussianMixture, mixtureDenoiser } from './gaussianMixture';
import { noiseLevel, objectiveOf, objectives } from './objectives/objectives';
import { velocity } from './samplers/flow';
import { type SamplerId, samplers } from './samplers/samplers';
import { schedules } from './schedules/schedules';
import { alphaBarOfFlow } from './schedules/straight';

const schedule = fc.constantFrom(...Object.keys(schedules));

describe('between whole t', () => {
  test('ᾱ falls without a jump, and timeAt finds the t of every ᾱ', () => {
    fc.assert(
      fc.property(schedule, fc.double({ min: -1, max: 99, noNaN: true }), (id, t) => {
        const diffusion = createDiffusion(id, 100);
        const alphaBar = alphaBarAt(diffusion, t);
        expect(alphaBar).toBeLessThanOrEqual(alphaBarAt(diffusion, Math.floor(t)));
        expect(alphaBar).toBeGreaterThanOrEqual(alphaBarAt(diffusion, Math.ceil(t)));
        expect(timeAt(diffusion, alphaBar)).toBeCloseTo(t, 6);
        expect(timeOfFlow(diffusion, flowPoint(diffusion, t).s)).toBeCloseTo(t, 4);
      }),
    );
  });

  test('x_t that goes on from a real t has the noise of the later one', () => {
    const diffusion = createDiffusion('cosine', 100);
    const [from, middle, to] = [40, 40.3, 41].map((t) => alphaBarAt(diffusion, t)) as [
      number,
      number,
      number,
    ];
    // ᾱ of two parts of a step multiply.
    expect((middle / from) * (to / middle)).toBeCloseTo(to / from, 12);
    expect(middle / from).toBeCloseTo((to / from) ** 0.3, 12);
  });
});

describe('the straight line', () => {
  test('is x_t up to a factor, at the share of noise that its ᾱ says', () => {
    fc.assert(
      fc.property(schedule, fc.integer({ min: 0, max: 99 }), (id, t) => {
        const diffusion = createDiffusion(id, 100);
        const [x0, noise] = [new Random(1).normal(20), new Random(2).normal(20)];
        const { s, scale } = flowPoint(diffusion, t);
        qSample(diffusion, x0, t, noise).forEach((xt, i) => {
          expect(scale * xt).toBeCloseTo((1 - s) * (x0[i] as number) + s * (noise[i] as number), 5);
        });
        expect(alphaBarOfFlow(s)).toBeCloseTo(alphaBarAt(diffusion, t), 10);
      }),
    );
  });

  test('of its own schedule goes evenly from image to noise', () => {
    const diffusion = createDiffusion('straight', 1000);
    for (const t of [0, 1, 250, 500, 998, 999])
      expect(flowPoint(diffusion, t).s).toBeCloseTo((t + 0.5) / 1000, 4);
  });
});

describe('ε, x₀, v and velocity', () => {
  test('are one prediction: whichever the network makes, x̂₀ and ε̂ are the same to 1e-5', () => {
    const random = new Random(7);
    for (const id of Object.keys(schedules)) {
      const diffusion = createDiffusion(id, 100);
      for (let t = 0; t < 99; t++) {
        const alphaBar = alphaBarAt(diffusion, t);
        const [s, n] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
        const [x0, eps] = random.normal(2) as unknown as [number, number];
        const xt = s * x0 + n * eps;
        for (const { target, toX0, toEps } of Object.values(objectives)) {
          const [ofX0, ofEps] = target(s, n);
          const prediction = ofX0 * x0 + ofEps * eps;
          const of = ([first, second]: [number, number]) => first * xt + second * prediction;
          expect(Math.abs(of(toX0(s, n)) - x0)).toBeLessThan(1e-5);
          expect(Math.abs(of(toEps(s, n)) - eps)).toBeLessThan(1e-5);
        }
      }
    }
  });

  test('on the line itself, x̂₀ is x_s − s u and ε̂ is x_s + (1 − s) u', () => {
    const diffusion = createDiffusion('straight', 100);
    const { signal, spread } = noiseLevel('flow', diffusion, 30);
    expect([signal, spread]).toEqual([0.7, 0.3]);
    const { toX0, toEps, target } = objectiveOf('flow');
    expect(target(signal, spread)).toEqual([-1, 1]);
    expect(toX0(signal, spread)).toEqual([1, -0.3]);
    expect(toEps(signal, spread)).toEqual([1, 0.7]);
  });
});

const mixture: GaussianMixture = {
  weights: [0.35, 0.65],
  means: [[-0.8], [0.5]],
  variances: [0.02, 0.05],
};

/** E[ε − x₀ | x_s] of the mixture, from the posterior of each component, in double precision. */
function exactVelocity(x: number, s: number): number {
  const parts = mixture.weights.map((weight, k) => {
    const [mean, variance] = [(mixture.means[k] as number[])[0] as number, mixture.variances[k] as number];
    const total = (1 - s) ** 2 * variance + s ** 2;
    const apart = x - (1 - s) * mean;
    const density = (weight * Math.exp(-(apart ** 2) / (2 * total))) / Math.sqrt(total);
    const x0 = mean + ((1 - s) * variance * apart) / total;
    const eps = (s * apart) / total;
    return { density, u: eps - x0 };
  });
  const all = parts.reduce((sum, { density }) => sum + density, 0);
  return parts.reduce((sum, { density, u }) => sum + (density * u) / all, 0);
}

/** The end at s = 0 of the path from x at `from`, by many steps of Runge and Kutta. */
function exactEnd(x: number, from: number): number {
  const steps = 4000;
  const h = -from / steps;
  let y = x;
  for (let i = 0; i < steps; i++) {
    const s = from + i * h;
    const k1 = exactVelocity(y, s);
    const k2 = exactVelocity(y + (h / 2) * k1, s + h / 2);
    const k3 = exactVelocity(y + (h / 2) * k2, s + h / 2);
    const k4 = exactVelocity(y + h * k3, s + h);
    y += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return y;
}

describe.each(['linear', 'straight'])('the flow of a mixture, with the schedule %s', (id) => {
  const diffusion = createDiffusion(id, 1000);
  const denoise = mixtureDenoiser(mixture, diffusion);
  const start = Float32Array.of(-1.3, -0.9, 0.7, 1.2, 2);
  const first = flowPoint(diffusion, 999);
  const settings = { diffusion, denoise, random: new Random(1), clipX0: false };

  test('has the velocity of its closed form at every t, whole or real', async () => {
    for (const t of [0, 0.5, 10, 123.4, 500, 800.9]) {
      const { s, scale } = flowPoint(diffusion, t);
      const u = await velocity({ ...settings, start, timesteps: [] }, start, t);
      start.forEach((x, i) => {
        const exact = exactVelocity(scale * x, s);
        expect(Math.abs((u[i] as number) - exact)).toBeLessThan(2e-4 * Math.max(1, Math.abs(exact)));
      });
    }
  });

  test.each<[SamplerId, number]>([
    ['flowEuler', 2],
    ['flowMidpoint', 4],
    ['flowHeun', 4],
  ])('%s comes closer to its end by its order', async (sampler, ratio) => {
    const ends = Float64Array.from(start, (x) => exactEnd(first.scale * x, first.s));
    const errorWith = async (steps: number) => {
      const timesteps = Array.from({ length: steps }, (_, i) =>
        timeOfFlow(diffusion, first.s * (1 - i / steps)),
      );
      let x: Float32Array = start;
      for await (const step of samplers[sampler].sampler({ ...settings, start, timesteps })) x = step.x;
      return Math.sqrt(x.reduce((sum, value, i) => sum + (value - (ends[i] as number)) ** 2, 0));
    };
    const [at40, at80, at160] = [await errorWith(40), await errorWith(80), await errorWith(160)];
    expect(Math.abs(at40 / at80 / ratio - 1)).toBeLessThan(0.2);
    expect(Math.abs(at80 / at160 / ratio - 1)).toBeLessThan(0.2);
  });

  test('Euler on it takes the steps of DDIM', async () => {
    const timesteps = [999, 700, 300, 50];
    const [euler, ddim] = await Promise.all(
      (['flowEuler', 'ddim'] as const).map(async (sampler) => {
        const x: Float32Array[] = [];
        for await (const step of samplers[sampler].sampler({ ...settings, start, timesteps })) x.push(step.x);
        return x;
      }),
    );
    euler?.forEach((x, step) => {
      x.forEach((value, i) => {
        expect(Math.abs(value - (ddim?.[step]?.[i] as number))).toBeLessThan(1e-4);
      });
    });
  });
});
