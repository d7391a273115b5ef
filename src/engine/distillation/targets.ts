import * as tf from '@tensorflow/tfjs';
import type { Diffusion } from '../diffusion/diffusion';
import { flowPoint } from '../diffusion/flow';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import type { Operations } from '../kernels/operations';
import type { VelocityField } from './velocityField';

/** What a student is to learn from a batch x_s: its velocity there, and how much each image counts. */
export interface VelocityTarget {
  u: tf.Tensor4D;
  weight: number[];
}

/** A part of the flow, from s to r < s, for each image of a batch. */
export interface Interval {
  s: readonly number[];
  r: readonly number[];
}

/** The s that a student of so many steps visits, from noise to the image, and 0 at the end. */
export function visitedShares(diffusion: Diffusion, steps: number): number[] {
  return [...spacedTimesteps(diffusion, steps, 'noiseShare'), -1].map((t) => flowPoint(diffusion, t).s);
}

/** x_r = x_s + (r − s) u, image by image. */
export function eulerStep(
  operations: Operations,
  x: tf.Tensor4D,
  { s, r }: Interval,
  u: tf.Tensor4D,
): tf.Tensor4D {
  const by = s.map((one, i) => (r[i] as number) - one);
  return operations.combine(x, tf.ones([s.length]), u, tf.tensor1d(by));
}

/**
 * Progressive distillation (Salimans and Ho 2022, algorithm 2): one step of the student ends where two steps of the teacher
 * do, so its velocity is the mean of theirs. Their steps of DDIM are those of Euler on the flow.
 */
export function progressiveTarget(
  operations: Operations,
  teacher: VelocityField,
  x: tf.Tensor4D,
  { s, r }: Interval,
  labels?: readonly number[],
): VelocityTarget {
  const middle = s.map((one, i) => (one + (r[i] as number)) / 2);
  const first = teacher(x, s, labels);
  const second = teacher(eulerStep(operations, x, { s, r: middle }, first), middle, labels);
  const half = tf.fill([s.length], 0.5) as tf.Tensor1D;
  return { u: operations.combine(first, half, second, half), weight: s.map(() => 1) };
}

/**
 * Consistency distillation (Song et al. 2023, algorithm 2): the student's x̂₀ = x_s − s u at s is that of its own average at
 * r, after a step of the teacher from s to r; at r = 0 it is x_r itself. The error is that of x̂₀, so it counts by s².
 */
export function consistencyTarget(
  operations: Operations,
  teacher: VelocityField,
  average: VelocityField,
  x: tf.Tensor4D,
  { s, r }: Interval,
  labels?: readonly number[],
): VelocityTarget {
  const xr = eulerStep(operations, x, { s, r }, teacher(x, s, labels));
  // Asked at s where r is 0, and then left out.
  const asked = r.map((one, i) => (one > 0 ? one : (s[i] as number)));
  const ones = tf.ones([s.length]) as tf.Tensor1D;
  const x0 = operations.combine(xr, ones, average(xr, asked, labels), tf.tensor1d(r.map((one) => -one)));
  const rates = s.map((one) => 1 / one);
  const u = operations.combine(x, tf.tensor1d(rates), x0, tf.tensor1d(rates.map((rate) => -rate)));
  return { u, weight: s.map((one) => one ** 2) };
}
