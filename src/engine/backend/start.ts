import * as tf from '@tensorflow/tfjs';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { type BackendStarters, chooseBackend, type StartedBackend } from './choose';
import type { BackendName, BackendReport } from './report';
import { selfTest } from './selfTest';
import { startWasm } from './wasm';
import { startWebgpu } from './webgpu';

export interface StartBackendOptions {
  /** Asked for by name; the others follow only where it does not work. */
  backend?: BackendName | undefined;
  /** Threads of the wasm backend at most; by default all cores. */
  threads?: number;
  /** Not to be tried: a device that was just lost. */
  without?: readonly BackendName[];
  /** See WebgpuOptions. */
  onLost?: (reason: string) => void;
}

/** Starts the best backend that works and makes it tfjs's current one. Throws where none does. */
export async function startBackend(
  options: StartBackendOptions = {},
): Promise<{ report: BackendReport; operations: Operations }> {
  const { backend, without = [], onLost = () => {} } = options;
  // Else tfjs recommends its native package to Node on every start.
  tf.enableProdMode();
  const starters: BackendStarters = {
    webgpu: async ({ forced }) => {
      const { device, software } = await startWebgpu({
        allowSoftware: forced,
        onLost: (reason) => {
          lost = reason;
          fail(new Error(`its device was lost (${reason})`));
          if (chosen) onLost(reason);
        },
      });
      return { operations: fusedOperations, device: software ? `${device} (software)` : device, threads: 1 };
    },
    wasm: async () => {
      const { threads, relaxedSimd, shared, problem } = await startWasm(
        options.threads ? { threads: options.threads } : {},
      );
      const device = relaxedSimd ? 'CPU, SIMD with fused multiply-add' : 'CPU, SIMD';
      const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
      const alone = !shared && cores > 1 && options.threads !== 1;
      const notices = [
        alone && `One of ${cores} cores is used: ${whyAlone()}`,
        problem !== undefined && `One of ${cores} cores is used: ${problem}`,
      ].filter((notice) => notice !== false);
      return { operations: fusedOperations, device, threads, notices };
    },
    webgl: async () => {
      const { operations, threads } = await startStock('webgl');
      return { operations, threads, device: webglRenderer() };
    },
    cpu: () => startStock('cpu'),
  };
  // The tensors of a lost device never arrive.
  let fail: (error: Error) => void = () => {};
  let lost: string | undefined;
  let chosen = false;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const test = (operations: Operations) =>
    tf.getBackend() === 'webgpu' ? Promise.race([selfTest(operations), failed]) : selfTest(operations);
  for (const name of without) starters[name] = () => Promise.reject(new Error('it failed during this visit'));
  const started = await chooseBackend(starters, test, backend);
  chosen = started.report.name === 'webgpu';
  if (chosen && lost !== undefined) onLost(lost);
  return started;
}

async function startStock(name: 'webgl' | 'cpu'): Promise<StartedBackend> {
  if (!(await tf.setBackend(name))) throw new Error('this browser does not offer it');
  return { operations: referenceOperations, device: 'CPU, plain JavaScript', threads: 1 };
}

/** What the driver calls the GPU. */
function webglRenderer(): string {
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGLRenderingContext } }).gpgpu;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

function whyAlone(): string {
  return globalThis.crossOriginIsolated
    ? 'this browser offers no memory that threads can share.'
    : 'this page is not cross-origin isolated, so threads cannot share memory.';
}
