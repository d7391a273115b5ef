import { isLearned, roomForVariance } from '../../engine/diffusion/learnedVariance';
import { predictX0 } from '../../engine/diffusion/reverse';
import type { Study } from '../../engine/study/study';

interface ReverseStepRequest {
  /** Images NHWC at time t. */
  xt: Float32Array;
  t: number;
}

export interface ReverseStepResult {
  eps: Float32Array;
  x0: Float32Array;
  /** What the network says of the variance, of a model that has learned it. */
  v?: Float32Array;
}

/** What the network predicts: ε̂ = ε_θ(x_t, t), and x̂₀ through it. */
export const reverseStep: Study<ReverseStepRequest, ReverseStepResult> = async (
  { diffusion, denoise },
  { xt, t },
) => {
  const v = roomForVariance(xt);
  const eps = await denoise(xt, t, v);
  return { eps, x0: predictX0(diffusion, xt, t, eps), ...(isLearned(v) && { v }) };
};
