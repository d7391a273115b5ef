import { type Change, changeHooks } from '../../engine/network/changes';
import { type Pixel, type Predicted, pixelGradient } from '../../engine/network/pixelGradient';
import type { Study } from '../../engine/study/study';

export interface GradientRequest {
  /** Images HWC, one after the other. */
  x: Float32Array;
  /** t of each. */
  t: number[];
  /** Class of all, −1 for none. */
  label: number;
  pixel: Pixel;
  of: Predicted;
  changes: readonly Change[];
}

/** The gradient of one predicted pixel with respect to x_t, of each image, HWC. */
export const decidingPixels: Study<GradientRequest, Float32Array> = (
  { config, diffusion, operations, weights, inTurn },
  { x, t, label, pixel, of, changes },
) =>
  inTurn(() => {
    const input = { x, t, labels: t.map(() => label) };
    const hooks = changeHooks(config, changes);
    return pixelGradient(config, diffusion, operations, weights, input, pixel, of, hooks);
  });
