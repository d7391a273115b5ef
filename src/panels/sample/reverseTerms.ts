import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { jump, posterior } from '../../engine/diffusion/posterior';
import { sigma } from '../../engine/diffusion/reverse';
import { type MultistepWeights, multistepWeights } from '../../engine/diffusion/samplers/dpmSolver';
import { spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import type { SamplingSettings } from '../../worker/protocol';

/** The numbers of one reverse step from x_t to x_s, both counted in steps of noise: t = T … 1, s = 0 is the picture. */
export interface ReverseTerms {
  t: number;
  s: number;
  /** ᾱ_t and ᾱ_s. */
  alphaBar: number;
  alphaBarNext: number;
  /** β of the jump: β_t where s = t − 1. */
  beta: number;
  mean: Mean;
  /** Weight of the fresh noise z; 0 where none is added. */
  sigma: number;
}

/** How the mean of x_s is put together; the weights stand for the signs too. */
export type Mean =
  /** scale · (x_t − eps · ε_θ), scale = 1/√α and eps = β/√(1−ᾱ_t) (Ho et al. 2020, eq. 11). */
  | { form: 'eps'; scale: number; eps: number }
  /** x0 · x̂₀ + xt · x_t (eq. 7), with x̂₀ clipped. */
  | { form: 'posterior'; x0: number; xt: number }
  /** x0 · x̂₀ + eps · ε̂ (Song et al. 2021, eq. 12). */
  | { form: 'implicit'; x0: number; eps: number }
  /** xt · x_t + x0 · x̂₀ + x0Before · x̂₀ of the step before (Lu et al. 2022, algorithm 2). */
  | ({ form: 'multistep' } & MultistepWeights);

/** The numbers of reverse step `index`, 1 … steps, of a run with these settings. */
export function reverseTerms(diffusion: Diffusion, settings: SamplingSettings, index: number): ReverseTerms {
  const times = spacedTimesteps(diffusion, settings.steps, settings.spacing);
  const t = times[index - 1];
  if (t === undefined) throw new RangeError(`Step must be from 1 to ${times.length}, not ${index}.`);
  const previous = times[index] ?? -1;
  const noise = sigmaOf(diffusion, settings, t, previous);
  return {
    t: t + 1,
    s: previous + 1,
    alphaBar: alphaBarAt(diffusion, t),
    alphaBarNext: alphaBarAt(diffusion, previous),
    beta: jump(diffusion, t, previous).beta,
    mean: meanOf(diffusion, settings, { t, previous, before: times[index - 2] }, noise),
    sigma: noise,
  };
}

function sigmaOf(diffusion: Diffusion, settings: SamplingSettings, t: number, previous: number): number {
  const { sampler, eta, variance, noiseAtEnd } = settings;
  if (sampler === 'dpmSolver' || sampler === 'heun') return 0;
  if (sampler === 'ddim') return eta * sigma(diffusion, t, 'betaTilde', previous);
  return previous >= 0 || noiseAtEnd ? sigma(diffusion, t, variance, previous) : 0;
}

function meanOf(
  diffusion: Diffusion,
  { sampler, clipX0 }: SamplingSettings,
  { t, previous, before }: { t: number; previous: number; before: number | undefined },
  noise: number,
): Mean {
  if (sampler === 'dpmSolver')
    return { form: 'multistep', ...multistepWeights(diffusion, t, previous, before) };
  // Heun's step is a straight line too, along the mean of two ε̂.
  if (sampler === 'ddim' || sampler === 'heun') {
    const next = alphaBarAt(diffusion, previous);
    return { form: 'implicit', x0: Math.sqrt(next), eps: Math.sqrt(Math.max(0, 1 - next - noise ** 2)) };
  }
  if (clipX0) {
    const { coefX0, coefXt } = posterior(diffusion, t, previous);
    return { form: 'posterior', x0: coefX0, xt: coefXt };
  }
  const { alpha, beta } = jump(diffusion, t, previous);
  return {
    form: 'eps',
    scale: 1 / Math.sqrt(alpha),
    eps: beta / Math.sqrt(1 - alphaBarAt(diffusion, t)),
  };
}
