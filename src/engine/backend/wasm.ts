import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels, type WasmKernelsReport } from '../kernels/wasm/register';
import { withIdleWorkers } from './idleWorkers';

/**
 * Starts tfjs's wasm backend with the fused CPU kernels and makes it the current one. `threads` bounds the threads
 * (by default all cores); there is one where the page is not cross-origin isolated. Throws where wasm does not start.
 */
export async function startWasm(options: { threads?: number } = {}): Promise<WasmKernelsReport> {
  const threads = options.threads ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  // The bundler finds the files by these very expressions.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': pathOf(
      new URL(
        '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
        import.meta.url,
      ),
    ),
    'tfjs-backend-wasm-simd.wasm': pathOf(
      new URL(
        '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
        import.meta.url,
      ),
    ),
    'tfjs-backend-wasm-threaded-simd.wasm': pathOf(
      new URL(
        '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
        import.meta.url,
      ),
    ),
  });
  // The heavy work is done by the threads of our kernels; tfjs's threaded build is wanted for its shared memory only.
  setThreadsCount(1);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1 && canShareMemory());
  if (!(await withIdleWorkers(() => tf.setBackend('wasm'))))
    throw new Error('The wasm backend did not start.');
  return registerWasmKernels({ threads });
}

/** A browser shares memory between threads of a cross-origin isolated page only; Node always does. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false;
}

/** Node reads files by path, a browser by URL. */
function pathOf(url: URL): string {
  return url.protocol === 'file:' ? decodeURIComponent(url.pathname) : url.href;
}
