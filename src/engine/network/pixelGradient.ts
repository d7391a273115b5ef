import * as tf from '@tensorflow/tfjs';
import { alphaBarAt, type Diffusion } from '../diffusion/diffusion';
import { networkInput, objectiveOf } from '../diffusion/objectives/objectives';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import type { ForwardHooks } from '../unet/hooks';
import { predictionOf, unet } from '../unet/unet';
import type { Weights } from '../unet/weights';
import { inputTensors, type NetworkInput } from './activations';

/** One value of an image. */
export interface Pixel {
  row: number;
  column: number;
  channel: number;
}

/** What the gradient is of: the predicted noise, or the image predicted from it. */
export type Predicted = 'eps' | 'x0';

/**
 * ∂ε̂[pixel]/∂x_t or ∂x̂₀[pixel]/∂x_t of each image, `[N,H,W,C]`, by a backward pass through the network. It shows which
 * pixels of x_t decide the pixel. ε̂ and x̂₀ follow from the prediction by the model's objective; x̂₀ is not clipped.
 */
export async function pixelGradient(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  input: NetworkInput,
  pixel: Pixel,
  of: Predicted,
  changes?: ForwardHooks,
): Promise<Float32Array> {
  const { imageSize: size, imageChannels: channels } = config;
  const { row, column, channel } = pixel;
  const fits = (value: number, end: number) => Number.isInteger(value) && value >= 0 && value < end;
  if (!fits(row, size) || !fits(column, size) || !fits(channel, channels)) {
    throw new Error(
      `The pixel (${row}, ${column}), channel ${channel}, is not in an image of ${size} × ${size} with ${channels} channels.`,
    );
  }
  const gradient = tf.tidy(() => {
    const { x, ...rest } = inputTensors(config, input, changes);
    const chosen = tf.buffer(x.shape);
    for (let image = 0; image < input.t.length; image++) chosen.set(1, image, row, column, channel);
    const forward = (xt: tf.Tensor) =>
      predictionOf(config, unet(config, operations, weights, { ...rest, x: xt as tf.Tensor4D }));
    return tf.grad(forward)(x, chosen.toTensor());
  });
  const values = Float32Array.from(await gradient.data());
  gradient.dispose();

  const { toEps, toX0 } = objectiveOf(config.objective);
  const length = size * size * channels;
  const at = (row * size + column) * channels + channel;
  for (const [image, t] of Array.from(input.t).entries()) {
    const alphaBar = alphaBarAt(diffusion, t);
    const combine = of === 'eps' ? toEps : toX0;
    const [ofX, ofPrediction] = combine(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    const { scale } = networkInput(config.objective, diffusion, t);
    const own = values.subarray(image * length, (image + 1) * length);
    own.forEach((value, i) => {
      own[i] = ofPrediction * scale * value + (i === at ? ofX : 0);
    });
  }
  return values;
}
