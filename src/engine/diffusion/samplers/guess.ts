import { predictEps, predictX0 } from '../reverse';
import { clipped, type SamplerSettings } from './sampler';

/** What the network makes of x_t: ε̂, and x̂₀ through it; where x̂₀ is clipped, ε̂ is the one that belongs to it. */
export async function guess(
  { diffusion, denoise, clipX0 }: Pick<SamplerSettings, 'diffusion' | 'denoise' | 'clipX0'>,
  xt: Float32Array,
  t: number,
): Promise<{ eps: Float32Array; x0: Float32Array }> {
  const eps = await denoise(xt, t);
  const x0 = predictX0(diffusion, xt, t, eps);
  if (!clipX0) return { eps, x0 };
  const inRange = clipped(x0);
  return { eps: predictEps(diffusion, xt, t, inRange), x0: inRange };
}
