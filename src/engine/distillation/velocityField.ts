import * as tf from '@tensorflow/tfjs';
import { alphaBarAt, type Diffusion } from '../diffusion/diffusion';
import { flowPoint, timeOfFlow } from '../diffusion/flow';
import { objectiveOf } from '../diffusion/objectives/objectives';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { predictionOf, unet } from '../unet/unet';
import type { Weights } from '../unet/weights';

/** The velocity u(x_s, s) = ε̂ − x̂₀ of images NHWC, each at its own 0 < s ≤ 1, as a tensor of the current backend. */
export type VelocityField = (x: tf.Tensor4D, s: readonly number[], labels?: readonly number[]) => tf.Tensor4D;

/** A model whose velocity is asked for. */
export interface FieldModel {
  config: ModelConfig;
  diffusion: Diffusion;
  weights: Weights;
}

/** The velocity of a flow is what its network predicts. */
export function flowField({ config, weights }: FieldModel, operations: Operations): VelocityField {
  return (x, s, labels) =>
    unet(config, operations, weights, { x, t: s.map((one) => one * config.nSteps), labels });
}

/**
 * The velocity of any model, a flow or a diffusion: (x_s − x̂₀)/s, with x̂₀ clipped to [−1, 1], since a diffusion knows it
 * badly near pure noise. x_s beyond the noise of x_{T−1} counts as that.
 */
export function clippedField(model: FieldModel, operations: Operations): VelocityField {
  const { config, diffusion, weights } = model;
  const { input, toX0 } = objectiveOf(config.objective);
  return (x, s, labels) => {
    const points = s.map((one) => {
      const t = timeOfFlow(diffusion, one);
      const alphaBar = alphaBarAt(diffusion, t);
      const { scale } = flowPoint(diffusion, t);
      return { t, scale, pair: toX0(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)) };
    });
    const column = (of: (point: (typeof points)[number], i: number) => number) => tf.tensor1d(points.map(of));
    const isFlow = input === 'flow';
    const given = isFlow
      ? x
      : operations.combine(
          x,
          column(({ scale }) => 1 / scale),
          x,
          tf.zeros([s.length]),
        );
    const time = isFlow ? s.map((one) => one * config.nSteps) : points.map(({ t }) => t);
    const prediction = predictionOf(config, unet(config, operations, weights, { x: given, t: time, labels }));
    const ofX = column(({ pair, scale }) => pair[0] / scale);
    const x0 = operations.combine(
      x,
      ofX,
      prediction,
      column(({ pair }) => pair[1]),
    );
    const rates = s.map((one) => 1 / one);
    const negative = rates.map((rate) => -rate);
    return operations.combine(x, tf.tensor1d(rates), tf.clipByValue(x0, -1, 1), tf.tensor1d(negative));
  };
}

/** Classifier-free guidance: u = (1 + w) u(x, s, c) − w u(x, s, ∅), both halves in one batch. */
export function guidedField(field: VelocityField, w: number, operations: Operations): VelocityField {
  if (w === 0) return field;
  return (x, s, labels = s.map(() => -1)) => {
    const both = field(tf.concat4d([x, x], 0), [...s, ...s], [...labels, ...labels.map(() => -1)]);
    const [conditional, unconditional] = tf.split(both, 2) as [tf.Tensor4D, tf.Tensor4D];
    const guided = labels.map((label) => (label < 0 ? 0 : w));
    return operations.combine(
      conditional,
      tf.tensor1d(guided.map((weight) => 1 + weight)),
      unconditional,
      tf.tensor1d(guided.map((weight) => -weight)),
    );
  };
}
