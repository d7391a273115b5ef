import { qSample } from '../../engine/diffusion/forward';
import { joined } from '../../engine/diffusion/interpolation';
import { reverseFrom } from '../../engine/diffusion/partialReverse';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { Random } from '../../engine/training/random';
import { type ReverseReport, type ReverseRequest, reverseChoices, tellEachStep } from './reverseReport';
import type { Study } from './study';

export interface PictureToPictureRequest extends ReverseRequest {
  /** HWC. */
  picture: Float32Array;
  count: number;
}

/** SDEdit (Meng et al. 2022): the picture noised to t and denoised again, each variant with noise of its own. */
export const pictureToPicture: Study<PictureToPictureRequest, Float32Array | null, ReverseReport> = async (
  { diffusion, denoise },
  request,
  tell,
) => {
  const { picture, count, t, steps, sampler: id, seed } = request;
  const random = new Random(seed);
  const start = qSample(
    diffusion,
    joined(new Array<Float32Array>(count).fill(picture)),
    t,
    random.normal(count * picture.length),
  );
  const choices = { ...reverseChoices(request), diffusion, denoise, random };
  return tellEachStep(reverseFrom(samplers[id].sampler, start, t, steps, choices), start, request, tell);
};
