import {
  type Blend,
  blended,
  interpolation,
  joined,
  noisyPair,
  type PairNoise,
} from '../../../engine/diffusion/interpolation';
import { samplers } from '../../../engine/diffusion/samplers/samplers';
import {
  type ReverseReport,
  type ReverseRequest,
  reverseOptions,
  tellEachStep,
} from '../../../engine/study/reverseReport';
import type { Study } from '../../../engine/study/study';
import { Random } from '../../../engine/training/random';

export interface InterpolatingRequest extends ReverseRequest {
  /** x₀ and x′₀, HWC. */
  images: [Float32Array, Float32Array];
  blend: Blend;
  noise: PairNoise;
  lambdas: number[];
}

/** The images between two images: x̄_t for every λ, denoised with the same fresh noise. */
export const interpolating: Study<InterpolatingRequest, Float32Array | null, ReverseReport> = async (
  { diffusion, denoise },
  request,
  tell,
) => {
  const { images, t, steps, blend, noise, lambdas, sampler: id, seed } = request;
  const random = new Random(seed);
  const pair = noisyPair(diffusion, images, t, noise, random);
  const choices = { ...reverseOptions(request), diffusion, denoise, random };
  const { sampler } = samplers[id];
  const reverse = interpolation({ ...choices, sampler, pair, t, steps, blend, lambdas });
  const start = joined(lambdas.map((lambda) => blended(blend, pair, lambda)));
  return tellEachStep(reverse, start, request, tell);
};
