import * as tf from '@tensorflow/tfjs';
import type { Operations } from './operations';

/** A tensor outside any backend: its shape and its values in row-major order. */
export interface PlainTensor {
  shape: number[];
  values: Float32Array;
}

/** One use of an operation: which inputs it has, and how it is called. */
export interface OperationCase {
  /** Operation and settings, for the message of a failed test. */
  label: string;
  /** Inputs whose gradients are compared, by name. */
  inputs: Record<string, PlainTensor>;
  /** Inputs that the operation does not differentiate. */
  constants?: Record<string, PlainTensor>;
  run(operations: Operations, tensors: Record<string, tf.Tensor>): tf.Tensor;
}

/** What a case gives under one Operations: `value`, and `gradient of <name>` of every differentiated input. */
export type Outcome = Map<string, PlainTensor>;

/**
 * Runs a case on a backend and takes the gradient of ⟨cotangent, value⟩ (of the value itself where it is a scalar).
 * The backend must be set up already; the current backend is restored, and no tensor is left behind.
 */
export async function evaluate(
  operationCase: OperationCase,
  operations: Operations,
  backend: string,
): Promise<Outcome> {
  const previous = tf.getBackend();
  if (!(await tf.setBackend(backend))) throw new Error(`The backend '${backend}' did not start.`);
  const { inputs, constants = {}, run } = operationCase;
  const names = Object.keys(inputs);
  const fixed = place(constants);
  const tensors = Object.values(place(inputs));
  const produced: tf.Tensor[] = [];
  try {
    const outcome: Outcome = new Map();
    let y: tf.Tensor | undefined;
    const call = (...args: tf.Tensor[]) => {
      const named = Object.fromEntries(names.map((name, i) => [name, args[i] as tf.Tensor]));
      y = tf.keep(run(operations, { ...fixed, ...named }));
      return y.rank === 0 ? (y as tf.Scalar) : y.mul<tf.Tensor>(cotangent(y.shape)).sum<tf.Scalar>();
    };
    if (names.length === 0) {
      tf.tidy(() => {
        call();
      });
    } else {
      const { value, grads } = tf.valueAndGrads(call)(tensors);
      produced.push(value, ...grads);
      for (const [i, name] of names.entries()) {
        outcome.set(`gradient of ${name}`, await toPlain(grads[i] as tf.Tensor));
      }
    }
    const result = y as unknown as tf.Tensor;
    produced.push(result);
    outcome.set('value', await toPlain(result));
    return outcome;
  } finally {
    tf.dispose([...tensors, ...Object.values(fixed), ...produced]);
    await tf.setBackend(previous);
  }
}

/** A tensor of a case on which two outcomes differ, and by how much of its largest magnitude. */
export interface Difference {
  tensor: string;
  relative: number;
}

/**
 * The tensors of two outcomes, worst first, by max|a − b| / max|b|. The largest magnitude counts as 0.01 at least:
 * a gradient that is zero in exact arithmetic holds nothing but rounding. NaN, a missing tensor and another shape
 * are differences without bound.
 */
export function compareOutcomes(outcome: Outcome, expected: Outcome): Difference[] {
  const names = new Set([...outcome.keys(), ...expected.keys()]);
  return [...names]
    .map((tensor) => ({ tensor, relative: relativeDifference(outcome.get(tensor), expected.get(tensor)) }))
    .sort((a, b) => b.relative - a.relative);
}

/**
 * Throws, naming case and tensors, unless `operations` on `backend` agree with `reference` on `referenceBackend` to the
 * tolerance in the value and in the gradient of every input, and leave no tensor behind.
 */
export async function assertAgreement(
  operationCase: OperationCase,
  { operations, backend, reference, referenceBackend, tolerance }: AgreementSettings,
): Promise<void> {
  const before = tf.memory().numTensors;
  const outcome = await evaluate(operationCase, operations, backend);
  const left = tf.memory().numTensors - before;
  if (left !== 0)
    throw new Error(`${operationCase.label}: ${operations.name} on ${backend} leaves ${left} tensors.`);
  const expected = await evaluate(operationCase, reference, referenceBackend);
  const apart = compareOutcomes(outcome, expected).filter(({ relative }) => !(relative <= tolerance));
  if (apart.length === 0) return;
  const list = apart.map(({ tensor, relative }) => `${tensor}: ${relative.toExponential(2)}`).join(', ');
  throw new Error(
    `${operationCase.label}: ${operations.name} on ${backend} differs from ${reference.name} on ${referenceBackend} in ${list}`,
  );
}

export interface AgreementSettings {
  operations: Operations;
  backend: string;
  reference: Operations;
  referenceBackend: string;
  tolerance: number;
}

function relativeDifference(a: PlainTensor | undefined, b: PlainTensor | undefined): number {
  if (!a || !b || a.shape.join() !== b.shape.join()) return Number.POSITIVE_INFINITY;
  let largest = 0.01;
  let difference = 0;
  for (let i = 0; i < b.values.length; i++) {
    const expected = b.values[i] as number;
    const distance = Math.abs((a.values[i] as number) - expected);
    if (!Number.isFinite(distance)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, distance);
    largest = Math.max(largest, Math.abs(expected));
  }
  return difference / largest;
}

function place(tensors: Record<string, PlainTensor>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, tf.tensor(values, shape, 'float32')]),
  );
}

async function toPlain(tensor: tf.Tensor): Promise<PlainTensor> {
  return { shape: tensor.shape, values: Float32Array.from(await tensor.data()) };
}

/** Weights of the sum that is differentiated: no two near elements alike, none zero, mean not zero. */
function cotangent(shape: number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => 0.25 + Math.sin(i * 1.7 + 0.3)),
    shape,
  );
}
