import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { countGpuDispatches } from './gpuDispatches';

/** One run of a kernel that no other kernel called. */
export interface KernelCall {
  /** Its name in the registry of tfjs, or 'adamEma'. */
  name: string;
  inputs: Readonly<Record<string, tf.TensorInfo>>;
  attributes: Readonly<Record<string, unknown>>;
  outputs: readonly tf.TensorInfo[];
  /** Wall time in the call. On a backend that defers its work (webgpu, webgl) that is only the time to hand it over. */
  milliseconds: number;
  /** Compute dispatches on webgpu; elsewhere kernels that did work, those it called itself counted one by one. */
  dispatches: number;
}

export interface Recording {
  calls: KernelCall[];
  /** The most bytes that tensors held at the end of any kernel; those that share memory are counted each. */
  peakBytes: number;
}

/** Kernels that only give a tensor another name or shape: they move nothing. */
const ALIASES = new Set(['Identity', 'Reshape']);

/** Runs `work` on the current backend and records every kernel it ran. `work` must not wait. */
export function recordKernels(operations: Operations, work: (observed: Operations) => void): Recording {
  const recording: Recording = { calls: [], peakBytes: 0 };
  const gpu = countGpuDispatches();
  const onGpu = tf.getBackend() === 'webgpu';
  let inside = false;
  let leaves = 0;

  function observe<T>(name: string, run: () => T, of: (result: T) => Omit<KernelCall, keyof Cost>): T {
    if (inside) {
      const before = leaves;
      const result = run();
      if (leaves === before && !ALIASES.has(name)) leaves++;
      return result;
    }
    inside = true;
    leaves = 0;
    const dispatchesBefore = gpu.count();
    const start = performance.now();
    try {
      const result = run();
      const milliseconds = performance.now() - start;
      if (leaves === 0 && !ALIASES.has(name)) leaves = 1;
      const dispatches = onGpu ? gpu.count() - dispatchesBefore : leaves;
      recording.calls.push({ ...of(result), milliseconds, dispatches });
      recording.peakBytes = Math.max(recording.peakBytes, tf.memory().numBytes);
      return result;
    } finally {
      inside = false;
    }
  }

  const backendName = tf.getBackend();
  const originals = tf.getKernelsForBackend(backendName);
  const register = (config: tf.KernelConfig) => {
    tf.unregisterKernel(config.kernelName, backendName);
    tf.registerKernel(config);
  };
  for (const config of originals) {
    const { kernelName, kernelFunc } = config;
    const observed: tf.KernelFunc = (params) =>
      observe(
        kernelName,
        () => kernelFunc(params),
        (result) => ({
          name: kernelName,
          inputs: presentInputs(params.inputs),
          attributes: (params.attrs ?? {}) as Record<string, unknown>,
          outputs: Array.isArray(result) ? result : [result],
        }),
      );
    register({ ...config, kernelFunc: observed });
  }
  try {
    work({
      ...operations,
      adamEma: (updates, settings) =>
        observe(
          'adamEma',
          () => operations.adamEma(updates, settings),
          () => {
            const outputs = updates.flatMap(({ parameter, m, v, ema }) => [parameter, m, v, ema]);
            const gradients = updates.map(({ gradient }) => gradient);
            const inputs = Object.fromEntries([...outputs, ...gradients].entries());
            return { name: 'adamEma', inputs, attributes: {}, outputs };
          },
        ),
    });
  } finally {
    for (const config of originals) register(config);
    gpu.stop();
  }
  return recording;
}

type Cost = Pick<KernelCall, 'milliseconds' | 'dispatches'>;

/** The inputs that were given, by name; those of a kernel of any number of inputs by their place. */
function presentInputs(inputs: tf.NamedTensorInfoMap): Record<string, tf.TensorInfo> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) => (input ? [[name, input]] : [])),
  );
}
