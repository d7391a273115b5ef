import * as tf from '@tensorflow/tfjs';
import type { Live } from './replay/live';

/**
 * The kernels that a backend registers (tf.registerKernel) to run the fused operations. All tensors are float32.
 * Shapes: images NHWC, layer kernels `[K + 1, O]` with the bias as last row (see Operations).
 */
export interface KernelContracts {
  /** [y]: convolution + bias (+ shift `[N,O]`) (+ residual, or a 1×1 convolution of shortcutX + its bias). */
  DdpmConv2d: {
    inputs: 'x' | 'kernel' | 'shift?' | 'residual?' | 'shortcutX?' | 'shortcutKernel?';
    attributes: ConvAttributes;
  };
  /** [dx] of `inputShape`, from dy and kernel. */
  DdpmConv2dInputGradient: {
    inputs: 'dy' | 'kernel';
    attributes: ConvAttributes & { inputShape: Shape4D };
  };
  /** [dKernel] `[K + 1, O]`, the last row being Σ dy, from x and dy. */
  DdpmConv2dKernelGradient: { inputs: 'x' | 'dy'; attributes: ConvAttributes };
  /** [y] of a 4×4 transposed convolution, stride 2, padding 1. */
  DdpmConvTranspose2d: { inputs: 'x' | 'kernel'; attributes: object };
  /** [dx] `[N,H,W,I]` from dy `[N,2H,2W,O]` and kernel `[16·I + 1, O]`. */
  DdpmConvTranspose2dInputGradient: { inputs: 'dy' | 'kernel'; attributes: object };
  /** [dKernel] `[16·I + 1, O]` from x and dy. */
  DdpmConvTranspose2dKernelGradient: { inputs: 'x' | 'dy'; attributes: object };
  /** [Σ over pixels of dy] `[N,O]`. */
  DdpmPixelSum: { inputs: 'dy'; attributes: object };
  /** [y = x·sigmoid(x)], any shape. */
  DdpmSilu: { inputs: 'x'; attributes: object };
  /** [dx] = dy · silu′(x). */
  DdpmSiluGradient: { inputs: 'dy' | 'x'; attributes: object };
  /** [y, statistics `[N·groups, 2]`] with (mean, 1/√(variance + ε)) a row. */
  DdpmGroupNorm: { inputs: 'x' | 'affine'; attributes: GroupNormAttributes };
  /** [dx, dAffine `[2,C]`]. */
  DdpmGroupNormGradient: { inputs: 'dy' | 'x' | 'affine' | 'statistics'; attributes: GroupNormAttributes };
  /** [y `[N,L,D]`, weights `[N,L,L]`]: the softmax weights are kept for the gradient. */
  DdpmAttention: { inputs: 'qkv'; attributes: object };
  /** [dqkv `[N,L,3D]`]. */
  DdpmAttentionGradient: { inputs: 'dy' | 'qkv' | 'weights'; attributes: object };
  /** [da, db]: the first `split` channels of dy, and the others. */
  DdpmSplitChannels: { inputs: 'dy'; attributes: { split: number } };
  /** [shares `[N]`, dPrediction] of Operations.squaredError, for a gradient of 1 on their sum. */
  DdpmSquaredError: { inputs: 'prediction' | 'target' | 'weight'; attributes: object };
  /** [shares `[N]`, dPrediction] of Operations.hybridError, for a gradient of 1 on their sum. */
  DdpmHybridError: { inputs: 'prediction' | 'target' | 'image' | 'factors'; attributes: object };
  /** [a[n]·x + b[n]·y]. */
  DdpmCombine: { inputs: 'x' | 'a' | 'y' | 'b'; attributes: object };
}

export type Shape4D = [number, number, number, number];
export type ConvAttributes = { size: 1 | 3; stride: 1 | 2 };
export type GroupNormAttributes = {
  groups: number;
  silu: boolean;
  /** 0 where there is no dropout; the mask is that of dropoutMask(size, dropoutRate, dropoutSeed). */
  dropoutRate: number;
  dropoutSeed: Live<number>;
};

type Needed<Names extends string> = { [N in Names as N extends `${string}?` ? never : N]: tf.Tensor };
type Optional<Names extends string> = {
  [N in Names as N extends `${infer Base}?` ? Base : never]?: tf.Tensor | undefined;
};
/** The named inputs of a kernel; a name that ends in `?` may be left out. */
export type KernelInputs<K extends keyof KernelContracts> = Needed<KernelContracts[K]['inputs']> &
  Optional<KernelContracts[K]['inputs']>;

/** Runs a registered kernel of the current backend and returns its outputs, in the contract's order. */
export function runKernel<K extends keyof KernelContracts>(
  name: K,
  inputs: KernelInputs<K>,
  attributes: KernelContracts[K]['attributes'],
): tf.Tensor[] {
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  const outputs = tf.engine().runKernel(name, present as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs as tf.Tensor];
}

/** What a backend's own function for each of some kernels looks like: over its runner, tensors by name → outputs. */
export type KernelSet<Runner, K extends keyof KernelContracts> = {
  [Name in K]: (
    runner: Runner,
    inputs: KernelTensors<KernelContracts[Name]['inputs']>,
    attributes: KernelContracts[Name]['attributes'],
  ) => tf.TensorInfo[];
};

type KernelTensors<Names extends string> = {
  [N in Names as N extends `${string}?` ? never : N]: tf.TensorInfo;
} & { [N in Names as N extends `${infer Base}?` ? Base : never]?: tf.TensorInfo };
