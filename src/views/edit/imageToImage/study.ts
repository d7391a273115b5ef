import { qSample } from '../../../engine/diffusion/forward';
import { joined } from '../../../engine/diffusion/interpolation';
import { reverseFrom } from '../../../engine/diffusion/partialReverse';
import { samplers } from '../../../engine/diffusion/samplers/samplers';
import {
  type ReverseReport,
  type ReverseRequest,
  reverseOptions,
  tellEachStep,
} from '../../../engine/study/reverseReport';
import type { Study } from '../../../engine/study/study';
import { Random } from '../../../engine/training/random';

export interface ImageToImageRequest extends ReverseRequest {
  /** HWC. */
  image: Float32Array;
  count: number;
}

/** SDEdit (Meng et al. 2022): the image noised to t and denoised again, each variant with noise of its own. */
export const imageToImage: Study<ImageToImageRequest, Float32Array | null, ReverseReport> = async (
  { diffusion, denoise },
  request,
  tell,
) => {
  const { image, count, t, steps, sampler: id, seed } = request;
  const random = new Random(seed);
  const start = qSample(
    diffusion,
    joined(new Array<Float32Array>(count).fill(image)),
    t,
    random.normal(count * image.length),
  );
  const choices = { ...reverseOptions(request), diffusion, denoise, random };
  return tellEachStep(reverseFrom(samplers[id].sampler, start, t, steps, choices), start, request, tell);
};
