import { predictEps, predictX0 } from '../reverse';
import { clipped, defaultOptions, type SamplerSettings } from './sampler';

/** ε̂ of x_t, and x̂₀ that follows from it; v as the denoiser writes it. Where x̂₀ is clipped, ε̂ follows from the clipped x̂₀. */
export async function guess(
  {
    diffusion,
    denoise,
    clipX0 = defaultOptions.clipX0,
  }: Pick<SamplerSettings, 'diffusion' | 'denoise' | 'clipX0'>,
  xt: Float32Array,
  t: number,
  v?: Float32Array,
): Promise<{ eps: Float32Array; x0: Float32Array }> {
  const eps = await denoise(xt, t, v);
  const x0 = predictX0(diffusion, xt, t, eps);
  if (!clipX0) return { eps, x0 };
  const inRange = clipped(x0);
  return { eps: predictEps(diffusion, xt, t, inRange), x0: inRange };
}
