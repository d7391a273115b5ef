import { predictX0 } from '../../engine/diffusion/reverse';
import type { Study } from '../../engine/study/study';

interface ReverseStepRequest {
  /** Images NHWC at time t. */
  xt: Float32Array;
  t: number;
}

/** What the network predicts: ε̂ = ε_θ(x_t, t), and x̂₀ through it. */
export const reverseStep: Study<ReverseStepRequest, { eps: Float32Array; x0: Float32Array }> = async (
  { diffusion, denoise },
  { xt, t },
) => {
  const eps = await denoise(xt, t);
  return { eps, x0: predictX0(diffusion, xt, t, eps) };
};
