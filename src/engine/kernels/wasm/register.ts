import * as tf from '@tensorflow/tfjs';
import { messageOf } from '../../messageOf';
import { registerAdamEma } from '../adamEma/adamEma';
import { adamEmaOnWasm } from '../adamEma/wasm';
import { attentionKernels } from '../attention/wasm';
import { combineKernels } from '../combine/wasm';
import { concatenateKernels } from '../concatenate/wasm';
import type { KernelContracts } from '../contracts';
import { conv2dKernels } from '../conv2d/wasm';
import { convTranspose2dKernels } from '../convTranspose2d/wasm';
import { groupNormKernels } from '../groupNorm/wasm';
import { hybridErrorKernels } from '../hybridError/wasm';
import { linearKernels } from '../linear/wasm';
import { registerLinears } from '../linears/wasm';
import { replaceKernel } from '../replaceKernel';
import { registerRecorder } from '../replay/recorder';
import { squaredErrorKernels } from '../squaredError/wasm';
import { registerAdd } from './add';
import { registerConcat } from './concat';
import { registerIdentity } from './identity';
import type { JobRunner } from './jobs';
import { WasmKernels } from './kernels';
import type { WasmKernelSet } from './kernelTypes';
import { backendMemory, type TfjsWasmBackend } from './memory';
import { compileKernels, hasRelaxedSimd, instantiateKernels } from './module';
import { WasmRecorder } from './recorder';
import { singleThread } from './singleThread';
import { registerStockGradients } from './stockGradients';
import { startThreadPool, type ThreadPool } from './threadPool';

/** What runs the CPU kernels. */
export interface WasmKernelsReport {
  threads: number;
  relaxedSimd: boolean;
  /** The memory is shared, so threads are possible. */
  shared: boolean;
  /** Why there is one thread where more were possible, for the user. */
  problem?: string;
}

const kernelSet: WasmKernelSet<keyof KernelContracts> = {
  ...attentionKernels,
  ...combineKernels,
  ...concatenateKernels,
  ...conv2dKernels,
  ...convTranspose2dKernels,
  ...groupNormKernels,
  ...hybridErrorKernels,
  ...linearKernels,
  ...squaredErrorKernels,
};

/** The threads of the last registration. */
let pool: ThreadPool | undefined;

/**
 * Registers the fused kernels, adamEma and what the stock backend lacks with tfjs's wasm backend, which must be the
 * current one and ready. Uses up to `threads` threads where the backend's memory is shared. A later call takes the
 * place of an earlier one.
 */
export async function registerWasmKernels({ threads }: { threads: number }): Promise<WasmKernelsReport> {
  const backend = tf.backend() as unknown as TfjsWasmBackend;
  const memory = backendMemory(backend);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const relaxedSimd = await hasRelaxedSimd();
  const module = await compileKernels({ shared, relaxedSimd });
  const jobs = await instantiateKernels(module, memory);
  pool?.stop();
  pool = undefined;
  let runner: JobRunner = singleThread(jobs);
  let problem: string | undefined;
  if (shared && threads > 1) {
    try {
      pool = await startThreadPool(jobs, module, memory, threads);
      runner = pool;
    } catch (error) {
      problem = messageOf(error);
    }
  }
  const kernels = new WasmKernels(backend, memory, runner);

  for (const [name, kernel] of Object.entries(kernelSet)) {
    // The names pair inputs and attributes with their kernel; together their types would be an intersection.
    const run = kernel as (kernels: WasmKernels, inputs: object, attributes: object) => tf.TensorInfo[];
    replaceKernel('wasm', name, ({ inputs, attrs }) =>
      kernels.attempt(() => run(kernels, inputs, attrs ?? {})),
    );
  }
  registerAdd(kernels);
  registerConcat(kernels);
  registerLinears(kernels);
  registerIdentity();
  registerStockGradients();
  registerAdamEma('wasm', adamEmaOnWasm(kernels));
  registerRecorder('wasm', new WasmRecorder(kernels));
  return { threads: kernels.threads, relaxedSimd, shared, ...(problem !== undefined && { problem }) };
}
