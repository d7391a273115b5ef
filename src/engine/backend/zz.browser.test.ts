import { test } from 'vitest';
import { fusedOperations } from '../kernels/fused';
import { selfTest } from './selfTest';
import { startBackend } from './start';
import { startWebgpu } from './webgpu';

test('x', async () => {
  let t = performance.now();
  const lap = (s: string) => {
    console.log(s, (performance.now() - t).toFixed(0));
    t = performance.now();
  };
  await startWebgpu({ allowSoftware: true, onLost: console.log });
  lap('start webgpu');
  await selfTest(fusedOperations);
  lap('self-test');
  await selfTest(fusedOperations);
  lap('self-test again');
  console.log((await startBackend()).report);
  lap('start any');
});
