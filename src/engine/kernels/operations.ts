import type * as tf from '@tensorflow/tfjs';
import type { Live } from './replay/live';

/**
 * The differentiable operations a U-Net is made of. Images are NHWC float32. A layer's weight and bias are one
 * matrix `[K + 1, O]`: K rows of weight in the order (kernel y, kernel x, input channel), then one row of bias.
 * `referenceOperations` spells each out in tfjs ops; the fused kernels must agree with it in value and gradient.
 */
export interface Operations {
  readonly name: 'reference' | 'fused';
  /**
   * Convolution with padding (size − 1) / 2: x `[N,H,W,I]` → `[N,⌈H/stride⌉,⌈W/stride⌉,O]`, kernel `[size²·I + 1, O]`.
   * Adds `shift` `[N,O]` to every pixel, and `residual` (the output's shape) or a 1×1 convolution of `shortcut.x`.
   */
  conv2d(x: tf.Tensor4D, kernel: tf.Tensor2D, options: Conv2dOptions): tf.Tensor4D;
  /** Transposed convolution 4×4, stride 2, padding 1: x `[N,H,W,I]` → `[N,2H,2W,O]`, kernel `[16·I + 1, O]`. */
  convTranspose2d(x: tf.Tensor4D, kernel: tf.Tensor2D): tf.Tensor4D;
  /** x `[M,I]` · kernel `[I + 1, O]` (+ `residual` `[M,O]`) → `[M,O]`, then SiLU if asked. */
  linear(x: tf.Tensor2D, kernel: tf.Tensor2D, options?: LinearOptions): tf.Tensor2D;
  /** The same x `[M,I]` · each of several kernels `[I + 1, O]` → as many `[M,O]`. */
  linears(x: tf.Tensor2D, kernels: tf.Tensor2D[]): tf.Tensor2D[];
  /** Group normalisation (ε = 1e-5) of x `[N,H,W,C]`, affine `[2,C]` (γ, β), then SiLU, then inverted dropout. */
  groupNorm(x: tf.Tensor4D, affine: tf.Tensor2D, options: GroupNormOptions): tf.Tensor4D;
  /** One-head attention softmax(QKᵀ/√D)V: qkv `[N,L,3D]` (Q, K, V side by side) → `[N,L,D]`. */
  attention(qkv: tf.Tensor3D): tf.Tensor3D;
  /** Channels of a, then channels of b: `[N,H,W,A]`, `[N,H,W,B]` → `[N,H,W,A+B]`. */
  concatenate(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D;
  /**
   * Each image's share `[N]` of the mean over all elements of weight[n] · (prediction − target)², weight `[N]`: their sum
   * is the loss, and theirs is the gradient of that sum.
   */
  squaredError(prediction: tf.Tensor4D, target: tf.Tensor4D, weight: tf.Tensor1D): tf.Tensor1D;
  /**
   * The same with a learned variance: the first half of the prediction's channels `[N,H,W,2C]` stand for the target, the
   * other are v. Shares `[N]` of the mean of weight · (prediction − target)² + boundWeight · a term of the bound, nats,
   * where ln σ² = logLow + (v + 1)/2 · (logHigh − logLow) and the mean, which this term does not train, is off by
   * meanError · (prediction − target): D_KL of two Gaussians, or, where halfBin is above 0, −ln of the share of x₀'s bin.
   * factors `[N,6]`: weight, boundWeight, logLow, logHigh, meanError, halfBin (Nichol & Dhariwal 2021, eq. 15 and 16).
   */
  hybridError(
    prediction: tf.Tensor4D,
    target: tf.Tensor4D,
    image: tf.Tensor4D,
    factors: tf.Tensor2D,
  ): tf.Tensor1D;
  /** Per-image a[n]·x + b[n]·y, with a and b `[N]`: q(x_t|x₀) has a = √ᾱ_t, b = √(1−ᾱ_t). Not differentiated. */
  combine(x: tf.Tensor4D, a: tf.Tensor1D, y: tf.Tensor4D, b: tf.Tensor1D): tf.Tensor4D;
  /**
   * One Adam step and one EMA step, written in place (the tensors keep their identity).
   * `settings` are read at every run: a replay reads the same object again.
   * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − stepSize · m / (√v / √(1−β₂ᵏ) + ε), EMA ← d·EMA + (1−d)·θ.
   */
  adamEma(updates: AdamEmaUpdate[], settings: AdamEmaSettings): void;
}

export interface Conv2dOptions {
  size: 1 | 3;
  stride?: 1 | 2;
  shift?: tf.Tensor2D;
  residual?: tf.Tensor4D;
  shortcut?: { x: tf.Tensor4D; kernel: tf.Tensor2D };
}

export interface LinearOptions {
  activation?: 'silu';
  residual?: tf.Tensor2D;
}

export interface GroupNormOptions {
  groups: number;
  silu: boolean;
  dropout?: Dropout;
}

/** Inverted dropout whose mask is a hash of (seed, element index), the same on every backend: see dropoutMask. */
export interface Dropout {
  rate: number;
  seed: Live<number>;
}

export interface AdamEmaUpdate {
  parameter: tf.Variable;
  gradient: tf.Tensor;
  /** First moment, second moment, moving average: each of the parameter's shape. */
  m: tf.Variable;
  v: tf.Variable;
  ema: tf.Variable;
}

export interface AdamEmaSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Number of this step, from 1: bias correction uses 1 − β₁ᵏ and 1 − β₂ᵏ. */
  step: number;
  /** d of the moving average, 0 … 1. */
  emaDecay: number;
}
