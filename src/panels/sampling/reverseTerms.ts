import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { jump } from '../../engine/diffusion/posterior';
import type { ReverseTerms } from '../../engine/diffusion/samplers/reverseTerms';
import { defaultOptions } from '../../engine/diffusion/samplers/sampler';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import type { SamplingSettings } from '../../settings/samplingSettings';

/** One reverse step from x_t to x_s, both counted in steps of noise: t = T … 1, s = 0 is the image. */
export interface ShownTerms extends ReverseTerms {
  t: number;
  s: number;
  alphaBar: number;
  /** β of the jump: β_t where s = t − 1. */
  beta: number;
}

/** The terms of reverse step `index`, 1 … steps, of a run with these settings. */
export function reverseTerms(diffusion: Diffusion, settings: SamplingSettings, index: number): ShownTerms {
  const times = spacedTimesteps(diffusion, settings.steps, settings.spacing);
  const t = times[index - 1];
  if (t === undefined) throw new RangeError(`Step must be from 1 to ${times.length}, not ${index}.`);
  const previous = times[index] ?? -1;
  const options = { ...defaultOptions, ...settings };
  return {
    ...samplerOf(settings.sampler).terms(diffusion, { t, previous, before: times[index - 2] }, options),
    t: t + 1,
    s: previous + 1,
    alphaBar: alphaBarAt(diffusion, t),
    beta: jump(diffusion, t, previous).beta,
  };
}
