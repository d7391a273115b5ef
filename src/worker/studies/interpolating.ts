import {
  type Blend,
  blended,
  interpolation,
  joined,
  noisyPair,
  type PairNoise,
} from '../../engine/diffusion/interpolation';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { Random } from '../../engine/training/random';
import { type ReverseReport, type ReverseRequest, reverseChoices, tellEachStep } from './reverseReport';
import type { Study } from './study';

export interface InterpolatingRequest extends ReverseRequest {
  /** x₀ and x′₀, HWC. */
  pictures: [Float32Array, Float32Array];
  blend: Blend;
  noise: PairNoise;
  lambdas: number[];
}

/** The pictures between two pictures: x̄_t for every λ, denoised with the same fresh noise. */
export const interpolating: Study<InterpolatingRequest, Float32Array | null, ReverseReport> = async (
  { diffusion, denoise },
  request,
  tell,
) => {
  const { pictures, t, steps, blend, noise, lambdas, sampler: id, seed } = request;
  const random = new Random(seed);
  const pair = noisyPair(diffusion, pictures, t, noise, random);
  const choices = { ...reverseChoices(request), diffusion, denoise, random };
  const { sampler } = samplers[id];
  const reverse = interpolation({ ...choices, sampler, pair, t, steps, blend, lambdas });
  const start = joined(lambdas.map((lambda) => blended(blend, pair, lambda)));
  return tellEachStep(reverse, start, request, tell);
};
