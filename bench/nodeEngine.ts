import * as tf from '@tensorflow/tfjs';
import { provideGpu } from '../cli/nodeGpu';
import type { BackendName } from '../src/engine/backend/report';
import { startWasm } from '../src/engine/backend/wasm';
import { startWebgpu } from '../src/engine/backend/webgpu';
import { fusedOperations } from '../src/engine/kernels/fused';
import type { Operations } from '../src/engine/kernels/operations';
import { referenceOperations } from '../src/engine/kernels/reference';
import { measureSteps } from '../src/engine/measure/measureSteps';
import { measurePeak } from '../src/engine/measure/peak';
import { profileStep } from '../src/engine/measure/profile';
import type { BenchEngine } from './engine';

/** Starts a backend in this process. Throws where it is not to be had, with the reason. */
export async function startNodeEngine(backend: BackendName, threads: number): Promise<BenchEngine> {
  const started = await startBackend(backend, threads);
  const { operations } = started;
  return {
    backend,
    platform: `Node ${process.version}`,
    ...started,
    fused: operations.name === 'fused',
    measure: (config, options, rival) => measureSteps(config, operations, options, rival),
    peak: () => measurePeak(operations),
    profile: (config, batchSize) => profileStep(config, batchSize, operations),
    stop: async () => {},
  };
}

type Started = Pick<BenchEngine, 'device' | 'softwareAdapter' | 'threads'> & { operations: Operations };

async function startBackend(backend: BackendName, threads: number): Promise<Started> {
  switch (backend) {
    case 'wasm': {
      const report = await startWasm({ threads });
      const device = report.relaxedSimd ? 'SIMD with FMA' : 'SIMD';
      return { device, softwareAdapter: false, threads: report.threads, operations: fusedOperations };
    }
    case 'cpu':
      await tf.setBackend('cpu');
      return { device: 'JavaScript', softwareAdapter: false, threads: 1, operations: referenceOperations };
    case 'webgl':
      throw new Error('Node has no WebGL; measure it with --browser.');
    case 'webgpu': {
      await provideGpu();
      const { device, software } = await startWebgpu({
        allowSoftware: true,
        onLost: (reason) => console.error(`webgpu: the device was lost: ${reason}`),
      });
      return { device, softwareAdapter: software, threads: 1, operations: fusedOperations };
    }
  }
}
