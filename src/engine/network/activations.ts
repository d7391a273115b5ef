import * as tf from '@tensorflow/tfjs';
import { createDiffusion } from '../diffusion/diffusion';
import { networkInput } from '../diffusion/objectives/objectives';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { attentionPoints, type ForwardHooks, pointsOf } from '../unet/hooks';
import { nhwcToNchw } from '../unet/layout';
import { modulesOf } from '../unet/modules';
import { unet } from '../unet/unet';
import type { Weights } from '../unet/weights';
import { observing } from './observing';

/** What the network is asked about. */
export interface NetworkInput {
  /** x_t, `[N,H,W,C]`. */
  x: Float32Array;
  /** t of each image, 0 … T−1. */
  t: ArrayLike<number>;
  /** Class of each image, −1 for none. */
  labels?: ArrayLike<number> | undefined;
}

/** A value at a point of the network: maps `[N,C,H,W]`, embeddings `[N,C]`, or attention weights `[N,L,L]`. */
export interface Activation {
  shape: number[];
  data: Float32Array;
}

/** The points of every module's output, and of every attention's weights, in the order in which they are computed. */
export function moduleOutputs(config: ModelConfig): string[] {
  return modulesOf(config).flatMap(({ kind, name }) =>
    kind === 'attention' ? [`${name}.weights`, name] : [name],
  );
}

/** The network's input as tensors on the current backend, with hooks. */
export function inputTensors(config: ModelConfig, { x, t, labels }: NetworkInput, hooks?: ForwardHooks) {
  const { imageSize: size, imageChannels: channels, objective } = config;
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const given = Array.from(t, (one) => networkInput(objective, diffusion, one));
  const length = size * size * channels;
  const scaled = given.every(({ scale }) => scale === 1)
    ? x
    : x.map((value, i) => value * (given[Math.floor(i / length)] as (typeof given)[number]).scale);
  return {
    x: tf.tensor4d(scaled, [t.length, size, size, channels]),
    t: given.map(({ time }) => time),
    labels,
    hooks,
  };
}

/**
 * Runs the network once and reads what it computes at the points. `changes` act first, so that a changed value is read
 * as it was changed. Throws for a point that the network does not have.
 */
export async function activations(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  input: NetworkInput,
  points: Iterable<string>,
  changes?: ForwardHooks,
): Promise<Map<string, Activation>> {
  const wanted = [...points];
  const known = new Set([...pointsOf(config).keys(), ...attentionPoints(config)]);
  const unknown = wanted.find((point) => !known.has(point));
  if (unknown !== undefined) throw new Error(`The network has no point '${unknown}'.`);
  const seen = new Map<string, tf.Tensor>();
  try {
    tf.tidy(() => {
      unet(config, operations, weights, inputTensors(config, input, observing(wanted, seen, changes)));
    });
    const values = wanted.map(async (point) => [point, await plain(seen.get(point) as tf.Tensor)] as const);
    return new Map(await Promise.all(values));
  } finally {
    tf.dispose([...seen.values()]);
  }
}

async function plain(tensor: tf.Tensor): Promise<Activation> {
  const data = (await tensor.data()) as Float32Array;
  if (tensor.rank !== 4) return { shape: tensor.shape, data };
  const [images, height, width, channels] = tensor.shape as [number, number, number, number];
  return { shape: [images, channels, height, width], data: nhwcToNchw(data, channels, height * width) };
}
