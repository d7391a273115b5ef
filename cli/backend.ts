import { availableParallelism } from 'node:os';
import type { Operations } from '../src/engine/kernels/operations';
import { oneOf, wholeNumber } from './numbers';

/** The options of every command that runs the engine. */
export const backendOptions = {
  backend: { value: 'NAME', description: 'What computes: wasm (the default) or cpu.' },
  threads: { value: 'N', description: 'Threads of the wasm backend; by default as many as there are cores.' },
} as const;

/** Starts a backend of the engine and makes it the current one. Throws UsageError or CommandError. */
export async function startBackend(options: {
  backend: string | undefined;
  threads: string | undefined;
}): Promise<Operations> {
  const name = oneOf('backend', options.backend ?? 'wasm', ['wasm', 'cpu']);
  const threads =
    options.threads === undefined ? availableParallelism() : wholeNumber('threads', options.threads, 1, 256);
  const tf = await import('@tensorflow/tfjs');
  // Without it tfjs recommends its native package on each run.
  tf.enableProdMode();
  if (name === 'cpu') {
    await tf.setBackend('cpu');
    return (await import('../src/engine/kernels/reference')).referenceOperations;
  }
  const { startWasm } = await import('../src/engine/backend/wasm');
  await startWasm({ threads });
  return (await import('../src/engine/kernels/fused')).fusedOperations;
}
