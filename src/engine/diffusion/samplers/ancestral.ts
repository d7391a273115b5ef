import { alphaBarAt, type Diffusion } from '../diffusion';
import { roomForVariance } from '../learnedVariance';
import { jump, posterior } from '../posterior';
import { meanFromEps, meanFromX0, sigma, withNoise } from '../reverse';
import type { SamplerDefinition } from './definition';
import { bracketed, negative, one, oneMinus, over, product, root } from './equationText';
import { guess } from './guess';
import type { ReverseTerms } from './reverseTerms';
import { defaultOptions, type Sampler } from './sampler';

/** DDPM, algorithm 2: x_{t−1} = μ_θ(x_t) + σ_t z, over all T steps or over some of them. */
export const ancestral: Sampler = async function* (settings) {
  const { diffusion, timesteps, random, variance, clipX0, noiseAtEnd } = { ...defaultOptions, ...settings };
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const v = variance === 'learned' ? roomForVariance(x) : undefined;
    const { eps, x0 } = await guess(settings, x, t, v);
    const mean = clipX0
      ? meanFromX0(diffusion, x, t, x0, previous)
      : meanFromEps(diffusion, x, t, eps, previous);
    const noisy = previous >= 0 || noiseAtEnd;
    x = noisy
      ? withNoise(diffusion, mean, random.normal(x.length), { t, previous, choice: variance, v })
      : mean;
    yield { t, previous, eps, x0, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'DDPM',
  description: 'Ancestral sampling, the reverse process of the paper.',
  sampler: ancestral,
  options: ['variance', 'noiseAtEnd'],
  defaults: { steps: 'all', spacing: 'even' },
  evaluations: (steps) => steps,
  order: null,
  terms(diffusion, { t, previous }, { variance, clipX0, noiseAtEnd }) {
    const mean = clipX0 ? throughX0(diffusion, t, previous) : throughEps(diffusion, t, previous);
    if (previous < 0 && !noiseAtEnd) return { ...mean, sigma: 0 };
    return { ...mean, sigma: variance === 'learned' ? variance : sigma(diffusion, t, variance, previous) };
  },
};

/** Ho et al. 2020, eq. 7. */
function throughX0(diffusion: Diffusion, t: number, previous: number): Omit<ReverseTerms, 'sigma'> {
  const { coefX0, coefXt } = posterior(diffusion, t, previous);
  return {
    mean: [
      {
        of: 'x0',
        weight: {
          value: coefX0,
          formula: ({ alphaBar, alphaBarNext, beta }) =>
            over(product(root(alphaBarNext), beta), oneMinus(alphaBar)),
        },
      },
      {
        of: 'xt',
        weight: {
          value: coefXt,
          formula: ({ alpha, alphaBar, alphaBarNext }) =>
            over(product(root(alpha), bracketed(oneMinus(alphaBarNext))), oneMinus(alphaBar)),
        },
      },
    ],
  };
}

/** Ho et al. 2020, eq. 11. */
function throughEps(diffusion: Diffusion, t: number, previous: number): Omit<ReverseTerms, 'sigma'> {
  const { alpha, beta } = jump(diffusion, t, previous);
  return {
    scale: { value: 1 / Math.sqrt(alpha), formula: (symbols) => over(one, root(symbols.alpha)) },
    mean: [
      { of: 'xt' },
      {
        of: 'eps',
        weight: {
          value: -beta / Math.sqrt(1 - alphaBarAt(diffusion, t)),
          formula: (symbols) => negative(over(symbols.beta, root(oneMinus(symbols.alphaBar)))),
        },
      },
    ],
  };
}
