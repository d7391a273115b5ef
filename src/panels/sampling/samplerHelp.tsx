import type { ReactNode } from 'react';
import type { SamplerId } from '../../engine/diffusion/samplers/samplers';
import { MathSymbol } from '../../ui/WithSubscripts';

/** One sentence or two about each sampler; the compiler asks for every one. */
export const samplerHelp: Record<SamplerId, ReactNode> = {
  ancestral: (
    <>
      draws each step from <MathSymbol text="p_θ(x_{t−1} | x_t)" />: the mean that the model predicts, plus
      fresh noise.
    </>
  ),
  ddim: 'adds no noise at η = 0 and needs far fewer steps. Each step is a straight line along the predicted noise.',
  dpmSolver:
    'follows the same path as DDIM at η = 0, but bends each step by the prediction of the step before.',
  flowEuler:
    'moves along the velocity ε̂ − x̂₀ on the straight line from noise to image, as flow matching does. A model trained with Prediction “Flow” predicts this velocity itself.',
  flowMidpoint:
    'is the same with the velocity at the middle of each step, at the cost of a second prediction.',
  flowHeun: 'is the same with the mean of the velocities at both ends of each step.',
  consistency:
    'goes to the predicted image at once, noises it less than before, and goes to the image again. Only the students of consistency distillation predict images that allow it.',
  heun: 'follows the same path as DDIM at η = 0, but corrects each step by a second prediction at its end.',
};
