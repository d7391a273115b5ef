import * as tf from '@tensorflow/tfjs';
import type { AdamEmaSettings, AdamEmaUpdate, Operations } from '../operations';

/** The values of one parameter and what belongs to it, before or after a step. */
export type AdamEmaState = Record<keyof AdamEmaUpdate, Float64Array>;

/** One Adam and EMA step in float64, element by element, straight from the equations. The reference of adamEma. */
export function adamEmaFloat64(state: AdamEmaState, settings: AdamEmaSettings): AdamEmaState {
  const { learningRate, beta1, beta2, epsilon, step, emaDecay } = settings;
  const { gradient } = state;
  const m = state.m.map((value, i) => beta1 * value + (1 - beta1) * (gradient[i] as number));
  const v = state.v.map((value, i) => beta2 * value + (1 - beta2) * (gradient[i] as number) ** 2);
  const parameter = state.parameter.map((value, i) => {
    const corrected = (m[i] as number) / (1 - beta1 ** step);
    const root = Math.sqrt((v[i] as number) / (1 - beta2 ** step));
    return value - (learningRate * corrected) / (root + epsilon);
  });
  const ema = state.ema.map((value, i) => emaDecay * value + (1 - emaDecay) * (parameter[i] as number));
  return { parameter, gradient, m, v, ema };
}

/**
 * Runs steps of adamEma on the current backend over parameters of the given shapes, with gradients from `random`
 * (normal numbers), next to the same steps in float64. Returns the largest difference over all tensors and steps,
 * relative to each tensor's largest magnitude.
 */
export async function adamEmaDifference(
  operations: Operations,
  shapes: number[][],
  settings: Omit<AdamEmaSettings, 'step'>,
  steps: number,
  random: () => number,
): Promise<number> {
  const normal = (size: number) => Float64Array.from({ length: size }, () => Math.fround(random()));
  const states: AdamEmaState[] = shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const zeros = () => new Float64Array(size);
    const parameter = normal(size);
    return { parameter, gradient: zeros(), m: zeros(), v: zeros(), ema: parameter.slice() };
  });
  const place = (values: Float64Array, shape: number[]) =>
    tf.tidy(() => tf.variable(tf.tensor(Float32Array.from(values), shape, 'float32')));
  const variables = states.map(({ parameter, m, v, ema }, i) => {
    const shape = shapes[i] as number[];
    return {
      parameter: place(parameter, shape),
      m: place(m, shape),
      v: place(v, shape),
      ema: place(ema, shape),
    };
  });
  let worst = 0;
  for (let step = 1; step <= steps; step++) {
    const updates = variables.map((owned, i) => {
      const state = states[i] as AdamEmaState;
      state.gradient = normal(state.parameter.length);
      const gradient = tf.tensor(Float32Array.from(state.gradient), shapes[i] as number[], 'float32');
      return { ...owned, gradient };
    });
    operations.adamEma(updates, { ...settings, step });
    for (const [i, update] of updates.entries()) {
      const expected = adamEmaFloat64(states[i] as AdamEmaState, { ...settings, step });
      states[i] = expected;
      for (const name of ['parameter', 'm', 'v', 'ema'] as const) {
        worst = Math.max(worst, relative(await update[name].data(), expected[name]));
      }
      update.gradient.dispose();
    }
  }
  for (const owned of variables) tf.dispose([owned.parameter, owned.m, owned.v, owned.ema]);
  return worst;
}

function relative(values: ArrayLike<number>, expected: Float64Array): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs((values[i] as number) - (expected[i] as number));
    difference = Math.max(difference, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    largest = Math.max(largest, Math.abs(expected[i] as number));
  }
  return largest === 0 ? difference : difference / largest;
}
