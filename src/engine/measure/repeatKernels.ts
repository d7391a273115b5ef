import * as tf from '@tensorflow/tfjs';
import type { AdamEmaUpdate, Operations } from '../kernels/operations';
import { finished } from './finished';
import { timed } from './interleave';
import type { KernelCall } from './recordKernels';

/**
 * Times recorded kernels on a backend that only queues its work: each is run by itself, many times, on tensors of the
 * same shapes, until the backend is done. Calls of the same shapes are timed once. Returns the calls with those times.
 */
export async function repeatKernels(
  operations: Operations,
  calls: readonly KernelCall[],
): Promise<KernelCall[]> {
  const times = new Map<string, number>();
  for (const call of calls) {
    const key = signature(call);
    if (call.dispatches > 0 && !times.has(key)) times.set(key, await timeAlone(operations, call));
  }
  return calls.map((call) => ({ ...call, milliseconds: times.get(signature(call)) ?? 0 }));
}

/** Calls that do the same work; the seed of a dropout changes none of it. */
function signature({ name, inputs, attributes, outputs }: KernelCall): string {
  const { dropoutSeed: _, ...rest } = attributes;
  const shapes = [...Object.values(inputs), ...outputs].map(({ shape, dtype }) => `${dtype}[${shape}]`);
  return JSON.stringify([name, shapes, rest]);
}

async function timeAlone(operations: Operations, call: KernelCall): Promise<number> {
  const { run, owned } = call.name === 'adamEma' ? repeatAdamEma(operations, call) : repeatKernel(call);
  const steps = async (count: number) => {
    for (let i = 1; i < count; i++) tf.dispose(run());
    const last = run();
    await finished(last[0] as tf.Tensor);
    tf.dispose(last);
  };
  try {
    // The first two runs bring tensors to their place and compile; a driver may put the latter off to the second.
    await steps(1);
    await steps(1);
    const [milliseconds] = await timed(steps).turn();
    return milliseconds as number;
  } finally {
    tf.dispose(owned);
  }
}

interface Repetition {
  /** Runs it once; the caller disposes of the outputs. */
  run: () => tf.Tensor[];
  owned: tf.Tensor[];
}

function repeatKernel({ name, inputs, attributes }: KernelCall): Repetition {
  const owned = Object.values(inputs).map(({ shape, dtype }) =>
    dtype === 'float32' ? tf.randomUniform(shape, -1, 1) : tf.zeros(shape, dtype),
  );
  // A kernel of any number of inputs has them in an array.
  const named = Object.fromEntries(Object.keys(inputs).map((key, i) => [key, owned[i] as tf.Tensor]));
  const given = '0' in inputs ? (owned as unknown as tf.NamedTensorMap) : named;
  const run = () => {
    const outputs = tf.engine().runKernel(name, given, attributes as tf.NamedAttrMap);
    return (Array.isArray(outputs) ? outputs : [outputs]) as tf.Tensor[];
  };
  return { run, owned };
}

const SETTINGS = { learningRate: 1e-5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, emaDecay: 0.999 };

function repeatAdamEma(operations: Operations, { outputs }: KernelCall): Repetition {
  const owned: tf.Tensor[] = [];
  const updates: AdamEmaUpdate[] = [];
  const variable = (shape: number[]) => {
    const made = tf.tidy(() => tf.variable(tf.zeros(shape), false));
    owned.push(made);
    return made;
  };
  // The outputs are parameter, m, v and EMA of one layer after the other.
  for (let i = 0; i < outputs.length; i += 4) {
    const { shape } = outputs[i] as tf.TensorInfo;
    const gradient = tf.randomUniform(shape, -1, 1);
    owned.push(gradient);
    const [parameter, m, v, ema] = [variable(shape), variable(shape), variable(shape), variable(shape)];
    updates.push({ parameter, gradient, m, v, ema });
  }
  const run = () => {
    operations.adamEma(updates, SETTINGS);
    return [(updates[0] as AdamEmaUpdate).parameter.clone()];
  };
  return { run, owned };
}
