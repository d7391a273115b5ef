import { type InpaintingStep, rePaint } from '../../../engine/diffusion/inpainting';
import type { Resampling } from '../../../engine/diffusion/resampling';
import type { Study } from '../../../engine/study/study';
import { Random } from '../../../engine/training/random';

export interface InpaintingRequest {
  /** HWC. */
  image: Float32Array;
  /** One a pixel: not 0 where the image is kept. */
  known: Uint8Array;
  count: number;
  resampling: Resampling;
  seed: number;
}

/** The unknown part of an image drawn anew, move by move; null where `tell` ended it. */
export const inpainting: Study<InpaintingRequest, Float32Array | null, InpaintingStep> = async (
  { diffusion, denoise },
  { seed, ...request },
  tell,
) => {
  let last: Float32Array | null = null;
  for await (const step of rePaint({
    ...request,
    // With steps left out β is too much noise.
    variance: 'betaTilde',
    diffusion,
    denoise,
    random: new Random(seed),
  })) {
    if (!(await tell(step))) return null;
    last = step.x;
  }
  return last;
};
