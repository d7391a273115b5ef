import { type InpaintingStep, inpainting } from '../../engine/diffusion/inpainting';
import type { Resampling } from '../../engine/diffusion/resampling';
import { Random } from '../../engine/training/random';
import type { Study } from './study';

export interface InpaintingRequest {
  /** HWC. */
  picture: Float32Array;
  /** One a pixel: not 0 where the picture is kept. */
  known: Uint8Array;
  count: number;
  resampling: Resampling;
  seed: number;
}

/** The unknown part of a picture drawn anew, move by move; null where nobody wants the rest. */
export const repainting: Study<InpaintingRequest, Float32Array | null, InpaintingStep> = async (
  { diffusion, denoise },
  { seed, ...request },
  tell,
) => {
  // With steps left out β is too much noise.
  const choices = { variance: 'betaTilde', clipX0: true, noiseAtEnd: false } as const;
  let last: Float32Array | null = null;
  for await (const step of inpainting({
    ...request,
    ...choices,
    diffusion,
    denoise,
    random: new Random(seed),
  })) {
    if (!(await tell(step))) return null;
    last = step.x;
  }
  return last;
};
