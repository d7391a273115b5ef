import { alphaBarAt } from '../diffusion';
import { weightedSum } from '../forward';
import type { SamplerDefinition } from './definition';
import { root } from './equationText';
import { guess } from './guess';
import type { StepSymbols } from './reverseTerms';
import type { Sampler } from './sampler';

/**
 * Multistep consistency sampling (Song et al. 2023, algorithm 1): x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s) z. Each step goes to the image and
 * noises it again; right where x̂₀ is the end of the path through x_t, not the mean of all images behind it.
 */
export const consistency: Sampler = async function* (settings) {
  const { diffusion, timesteps, random } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const next = alphaBarAt(diffusion, previous);
    x = previous < 0 ? x0 : weightedSum(Math.sqrt(next), x0, Math.sqrt(1 - next), random.normal(x.length));
    yield { t, previous, eps, x0, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'Consistency',
  description: 'To the image at once, then noise again, then to the image: for students of consistency.',
  onlyFor: 'students of consistency distillation',
  sampler: consistency,
  options: [],
  defaults: { steps: 2, spacing: 'noiseShare' },
  evaluations: (steps) => steps,
  order: null,
  terms(diffusion, { previous }) {
    const next = alphaBarAt(diffusion, previous);
    const weight = { value: Math.sqrt(next), formula: ({ alphaBarNext }: StepSymbols) => root(alphaBarNext) };
    return { mean: [{ of: 'x0', weight }], sigma: Math.sqrt(1 - next) };
  },
};
