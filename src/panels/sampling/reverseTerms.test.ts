import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import type { ReverseTerms } from '../../engine/diffusion/samplers/reverseTerms';
import type { SamplerStep } from '../../engine/diffusion/samplers/sampler';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import { Random } from '../../engine/training/random';
import { samplingGroup } from '../../settings/groups/sampling';
import type { SamplingSettings } from '../../settings/samplingSettings';
import { reverseDistribution, reverseMean, reverseNumbers } from './reverseEquation';
import { reverseTerms } from './reverseTerms';

const diffusion = createDiffusion('linear', 40);

/** Gives away the z that a sampler draws. */
class OpenRandom extends Random {
  drawn: Float32Array | null = null;
  override normal(count: number): Float32Array {
    this.drawn = super.normal(count);
    return this.drawn;
  }
}

function settingsOf(choices: Partial<SamplingSettings>): SamplingSettings {
  return { ...samplingGroup.defaults, steps: 40, ...choices };
}

async function* run(settings: SamplingSettings) {
  const random = new OpenRandom(3);
  const start = new Random(4).normal(6);
  const taken = samplers[settings.sampler].sampler({
    ...settings,
    diffusion,
    denoise: async (x, t) => x.map((value, i) => Math.sin(3 * value + t + i)),
    start,
    timesteps: spacedTimesteps(diffusion, settings.steps, settings.spacing),
    random,
  });
  let before = start;
  let x0Before: Float32Array | null = null;
  for await (const step of taken) {
    yield { before, step, z: random.drawn, x0Before };
    random.drawn = null;
    before = step.x;
    x0Before = step.x0;
  }
}

function put(
  { scale, mean, sigma }: ReverseTerms,
  xt: number,
  { x0, eps }: SamplerStep,
  i: number,
  z: number,
  x0Before: number,
): number {
  const [signal, noise] = [x0[i] as number, eps[i] as number];
  const quantities = { xt, x0: signal, eps: noise, velocity: noise - signal, x0Before };
  const sum = mean.reduce((all, { of, weight }) => all + (weight?.value ?? 1) * quantities[of], 0);
  return (scale?.value ?? 1) * sum + Number(sigma) * z;
}

const cases: [string, Partial<SamplingSettings>][] = [
  ['the paper', { clipX0: false }],
  ['β̃', { clipX0: false, variance: 'betaTilde' }],
  ['clipped', { clipX0: true }],
  ['noise at the end', { clipX0: true, noiseAtEnd: true }],
  ['seven steps', { clipX0: false, steps: 7 }],
  ['seven clipped steps with β̃', { clipX0: true, steps: 7, variance: 'betaTilde' }],
  ['DDIM', { sampler: 'ddim', steps: 9 }],
  ['DPM-Solver++', { sampler: 'dpmSolver', steps: 9, spacing: 'logSnr' }],
  ['DPM-Solver++ over all steps, unclipped', { sampler: 'dpmSolver', clipX0: false }],
  ['Heun', { sampler: 'heun', steps: 9, clipX0: false }],
  ['the flow by Euler', { sampler: 'flowEuler', steps: 9, spacing: 'noiseShare', clipX0: false }],
  ['the flow by midpoints', { sampler: 'flowMidpoint', steps: 9, clipX0: false }],
  ['the flow by Heun, clipped', { sampler: 'flowHeun', steps: 9 }],
  ['consistency', { sampler: 'consistency', steps: 4, clipX0: false }],
  ['DDIM with noise', { sampler: 'ddim', steps: 9, eta: 0.7, clipX0: false }],
];

describe.each(cases)('the numbers shown for %s', (_, choices) => {
  const settings = settingsOf(choices);

  it('make of each x_t the x that the sampler made', async () => {
    let index = 0;
    for await (const { before, step, z, x0Before } of run(settings)) {
      const terms = reverseTerms(diffusion, settings, ++index);
      expect([terms.t, terms.s]).toEqual([step.t + 1, step.previous + 1]);
      expect(terms.sigma !== 0).toBe(z !== null);
      step.x.forEach((x, i) => {
        const put0 = put(terms, before[i] as number, step, i, z?.[i] ?? 0, x0Before?.[i] ?? 0);
        expect(Math.abs(put0 - x)).toBeLessThan(2e-5 * Math.max(1, Math.abs(x)));
      });
    }
    expect(index).toBe(settings.steps);
    expect(() => reverseTerms(diffusion, settings, index + 1)).toThrow(RangeError);
  });

  it('are typeset without an error', () => {
    const terms = reverseTerms(diffusion, settings, 2);
    const everyStep = settings.steps === 40;
    const equations = [
      reverseDistribution(terms.sigma !== 0, everyStep),
      reverseMean(terms, everyStep),
      reverseNumbers(terms),
    ];
    for (const { tex } of equations) {
      expect(() =>
        katex.renderToString(tex, { throwOnError: true, trust: true, strict: false }),
      ).not.toThrow();
    }
  });
});

it('every sampler is among the cases', () => {
  expect(new Set(cases.map(([, { sampler = 'ancestral' }]) => sampler))).toEqual(
    new Set(Object.keys(samplers)),
  );
});

describe('reverseNumbers', () => {
  it('leaves z out where no noise is added', () => {
    const settings = settingsOf({ clipX0: false });
    expect(reverseNumbers(reverseTerms(diffusion, settings, 1)).tex).toContain('z');
    expect(reverseNumbers(reverseTerms(diffusion, settings, 40)).tex).not.toContain('z');
  });
});
