import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { lossAndGradients, sumOf } from '../training/objectiveLoss';
import type { ModelConfig } from './config';
import { layersOf } from './layers';
import { nchwToNhwc, nhwcToNchw } from './layout';
import { predictionOf, unet } from './unet';
import { type StateDict, stateDictOf, type Weights } from './weights';

export interface PredictInput {
  /** x_t, `[B,C,H,W]`. */
  x: Float32Array;
  /** t of each image. */
  t: Int32Array;
  /** The noise that ε_θ should find, `[B,C,H,W]`; with it there is a loss. */
  noise?: Float32Array | undefined;
  /** Whether to take the gradient of the loss. */
  gradients?: boolean;
}

export interface Prediction {
  /** The network's output, `[B,C,H,W]`. */
  eps: Float32Array;
  /** Mean squared error against the noise. */
  loss?: number;
  /** Gradient of each parameter, by the reference's names and layout; those that are never used are left out. */
  gradients?: StateDict;
}

/** One forward pass on images as files hold them and, if asked, loss and gradients; dropout is off. */
export async function predict(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  { x, t, noise, gradients }: PredictInput,
): Promise<Prediction> {
  const { imageSize: size, imageChannels: channels } = config;
  const shape: [number, number, number, number] = [t.length, size, size, channels];
  const image = (values: Float32Array) => tf.tensor4d(nchwToNhwc(values, channels, size * size), shape);
  const forward = () => predictionOf(config, unet(config, operations, weights, { x: image(x), t }));

  const eps = tf.tidy(forward);
  const prediction: Prediction = {
    eps: nhwcToNchw((await eps.data()) as Float32Array, channels, size * size),
  };
  if (noise) {
    const lossOf = (output: tf.Tensor4D) =>
      operations.squaredError(output, image(noise), tf.ones([t.length]));
    const shares = tf.tidy(() => lossOf(eps));
    prediction.loss = sumOf(await shares.data());
    shares.dispose();
    if (gradients) {
      const trained = layersOf(config).filter((layer) => layer.trained);
      const named = tf.tidy(() =>
        Object.fromEntries(
          lossAndGradients(
            weights,
            trained.map(({ name }) => name),
            () => lossOf(forward()),
          ).gradients,
        ),
      );
      const tensors = new Map(Object.entries(named)) as Weights;
      prediction.gradients = await stateDictOf(config, tensors);
      tf.dispose(named);
    }
  }
  eps.dispose();
  return prediction;
}
