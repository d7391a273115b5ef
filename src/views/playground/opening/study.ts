import { qSample } from '../../../engine/diffusion/forward';
import { conditionsOf } from '../../../engine/diffusion/guidance';
import type { Study } from '../../../engine/study/study';

export interface PredictionRequest {
  /** One image HWC, the noise that is added to it, and its class. */
  x0: Float32Array;
  noise: Float32Array;
  label: number;
  /** The engine's t, from 0. */
  times: readonly number[];
}

export interface TimePrediction {
  t: number;
  /** ε_θ(x_t, t). */
  eps: Float32Array;
}

/** What the network predicts for one image at many t, in their order; a model of classes is told the class. */
export const predicting: Study<PredictionRequest, number, TimePrediction> = async (
  { config, diffusion, denoise, denoiseAs },
  { x0, noise, label, times },
  tell,
) => {
  const { nClasses } = config;
  const predict = label >= 0 && label < nClasses ? denoiseAs(conditionsOf(label, 0, 1, nClasses)) : denoise;
  let done = 0;
  for (const t of times) {
    const eps = await predict(qSample(diffusion, x0, t, noise), t);
    done++;
    if (!(await tell({ t, eps }))) break;
  }
  return done;
};
