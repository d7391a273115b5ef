import { alphaBarAt, type Diffusion } from '../diffusion';
import { weightedSum } from '../forward';
import { posterior } from '../posterior';
import { sigma } from '../reverse';
import type { SamplerDefinition } from './definition';
import { oneMinus, root } from './equationText';
import { guess } from './guess';
import type { ReverseTerms } from './reverseTerms';
import { defaultOptions, type Sampler } from './sampler';

/** DDIM (Song et al. 2021, eq. 12): x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s−σ²) ε̂ + σz, with σ² = η² β̃ of the jump. */
export const ddim: Sampler = async function* (settings) {
  const { diffusion, timesteps, random, eta } = { ...defaultOptions, ...settings };
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const before = alphaBarAt(diffusion, previous);
    const variance = eta ** 2 * posterior(diffusion, t, previous).variance;
    x = weightedSum(Math.sqrt(before), x0, Math.sqrt(Math.max(0, 1 - before - variance)), eps);
    if (variance > 0) x = weightedSum(1, x, Math.sqrt(variance), random.normal(x.length));
    yield { t, previous, eps, x0, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'DDIM',
  description: 'Implicit sampling: few steps; deterministic at η = 0.',
  sampler: ddim,
  options: ['eta'],
  defaults: { steps: 50, spacing: 'even' },
  evaluations: (steps) => steps,
  order: 1,
  terms(diffusion, { t, previous }, { eta }) {
    return implicitTerms(diffusion, previous, eta * sigma(diffusion, t, 'betaTilde', previous));
  },
};

/** x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s−σ²) ε̂ + σz in terms. */
export function implicitTerms(diffusion: Diffusion, previous: number, noise: number): ReverseTerms {
  const next = alphaBarAt(diffusion, previous);
  return {
    mean: [
      { of: 'x0', weight: { value: Math.sqrt(next), formula: ({ alphaBarNext }) => root(alphaBarNext) } },
      {
        of: 'eps',
        weight: {
          value: Math.sqrt(Math.max(0, 1 - next - noise ** 2)),
          formula: ({ alphaBarNext, variance }) =>
            root(noise > 0 ? oneMinus(alphaBarNext, variance) : oneMinus(alphaBarNext)),
        },
      },
    ],
    sigma: noise,
  };
}
