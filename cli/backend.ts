import { availableParallelism } from 'node:os';
import type { BackendName } from '../src/engine/backend/report';
import type { Operations } from '../src/engine/kernels/operations';
import { compileKernels } from '../tools/kernels.mjs';
import { CommandError } from './errors';
import { oneOf, wholeNumber } from './numbers';

/** The options of every command that runs the engine. */
export const backendOptions = {
  backend: { value: 'NAME', description: 'What computes: wasm (the default), webgpu or cpu.' },
  threads: { value: 'N', description: 'Threads of the wasm backend; by default as many as there are cores.' },
} as const;

/** What computes, and on how many threads. */
export interface BackendChoice {
  name: Exclude<BackendName, 'webgl'>;
  threads: number;
}

/** The values of the options. Throws UsageError. */
export function backendChoice({
  backend = 'wasm',
  threads,
}: {
  backend: string | undefined;
  threads: string | undefined;
}): BackendChoice {
  return {
    name: oneOf('backend', backend, ['wasm', 'webgpu', 'cpu']),
    threads: threads === undefined ? availableParallelism() : wholeNumber('threads', threads, 1, 256),
  };
}

/** Starts the backend and makes it the engine's current one. Throws CommandError. */
export async function startBackend({ name, threads }: BackendChoice): Promise<Operations> {
  const tf = await import('@tensorflow/tfjs');
  // Without it tfjs recommends its native package on each run.
  tf.enableProdMode();
  if (name === 'cpu') {
    await tf.setBackend('cpu');
    return (await import('../src/engine/kernels/reference')).referenceOperations;
  }
  if (name === 'webgpu') await startGpu();
  else {
    compileKernels((text) => process.stderr.write(`ddpm: ${text}\n`));
    await (await import('../src/engine/backend/wasm')).startWasm({ threads });
  }
  return (await import('../src/engine/kernels/fused')).fusedOperations;
}

async function startGpu(): Promise<void> {
  const { provideGpu } = await import('./nodeGpu');
  await provideGpu();
  const { startWebgpu } = await import('../src/engine/backend/webgpu');
  const end = (reason: string) => {
    // The tensors of a lost device never arrive.
    process.stderr.write(`\nddpm: the GPU's device was lost: ${reason}\n`);
    process.exit(1);
  };
  try {
    const { device, software } = await startWebgpu({ allowSoftware: true, onLost: end });
    if (software) process.stderr.write(`ddpm: ${device} is a software adapter: wasm is faster.\n`);
  } catch (error) {
    throw new CommandError(`WebGPU cannot be used: ${(error as Error).message}. Take --backend wasm.`);
  }
}
