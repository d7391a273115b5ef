import type { Diffusion } from './diffusion';
import { roomForVariance } from './learnedVariance';
import type { VarianceChoice } from './reverse';
import { pSample } from './reverse';
import type { Denoiser } from './samplers/sampler';

/** The whole chain from x_T with noise that is given: yields x_T, then each x_{t−1} = pSample with z of that step. */
export async function* reverseChain(
  diffusion: Diffusion,
  denoise: Denoiser,
  start: Float32Array,
  z: (step: number) => Float32Array,
  variance: VarianceChoice = 'beta',
): AsyncGenerator<Float32Array, void, void> {
  let x = start;
  yield x;
  for (let step = 0; step < diffusion.nSteps; step++) {
    const t = diffusion.nSteps - 1 - step;
    const v = variance === 'learned' ? roomForVariance(x) : undefined;
    x = pSample(diffusion, x, t, await denoise(x, t, v), z(step), variance, v);
    yield x;
  }
}
