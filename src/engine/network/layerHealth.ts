import * as tf from '@tensorflow/tfjs';
import type { AdamEmaSettings, AdamEmaUpdate } from '../kernels/operations';

/** How a layer does in one step of training: root mean squares over its weight and bias. */
export interface LayerHealth {
  weight: number;
  gradient: number;
  /** Of what Adam added to the weights in this step. */
  update: number;
  /** Share of its output channels, 0 … 1, whose weights get hardly any gradient: the loss depends on them no longer. */
  dead: number;
}

/** Gradient of a dead channel, as a share of the root mean square gradient of the layer. */
const DEAD_SHARE = 1e-3;

/**
 * Health of the layers right after Adam's step, in the order of the updates. The update is that of Operations.adamEma,
 * from the moments as the step left them; so no copy of the weights is needed.
 */
export async function layerHealth(
  updates: AdamEmaUpdate[],
  settings: AdamEmaSettings,
): Promise<LayerHealth[]> {
  const { learningRate, beta1, beta2, epsilon, step } = settings;
  const stepSize = learningRate / (1 - beta1 ** step);
  const rootCorrection = Math.sqrt(1 - beta2 ** step);
  const sums = tf.tidy(() =>
    tf.concat1d(
      updates.flatMap(({ parameter, gradient, m, v }) => {
        const update = m.div(v.sqrt().div(rootCorrection).add(epsilon)).mul(stepSize);
        return [parameter, gradient, update].map((matrix) => matrix.square().sum<tf.Tensor1D>(0));
      }),
    ),
  );
  const values = await sums.data();
  sums.dispose();
  let begin = 0;
  return updates.map(({ parameter }) => {
    const [rows, channels] = parameter.shape as [number, number];
    const [weight, gradient, update] = [0, 1, 2].map((which) =>
      values.subarray(begin + which * channels, begin + (which + 1) * channels),
    ) as [Float32Array, Float32Array, Float32Array];
    begin += 3 * channels;
    const size = (squares: Float32Array) => Math.sqrt(squares.reduce((a, b) => a + b, 0) / (rows * channels));
    const whole = size(gradient);
    const least = (DEAD_SHARE * whole) ** 2 * rows;
    const dead = gradient.filter((squares) => squares <= least).length / channels;
    return { weight: size(weight), gradient: whole, update: size(update), dead };
  });
}
