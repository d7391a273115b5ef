import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { startWasm } from '../src/engine/backend/wasm';
import { fusedOperations } from '../src/engine/kernels/fused';
import { parseModelConfig } from '../src/engine/unet/config';
import tiny from './tiny.json';
import { findPythonWithTorch, TorchRival } from './torch';

test.skipIf(!findPythonWithTorch())(
  'PyTorch builds the same network from the same file, and times it',
  async () => {
    const config = parseModelConfig(tiny);
    await startWasm({ threads: 1 });
    const file = fileURLToPath(new URL('tiny.json', import.meta.url));
    const torch = (await TorchRival.start(file, 2, 1, 'cpu')) as TorchRival;
    try {
      expect(torch.report).toMatchObject({ threads: 1, device: 'cpu' });
      expect(await torch.differenceTo(fusedOperations, config, 2)).toBeLessThan(1e-4);
      const times = [...(await torch.turn('trainStep')), ...(await torch.turn('forward'))];
      expect(times).toHaveLength(4);
      for (const milliseconds of times) expect(milliseconds).toBeGreaterThan(0);
    } finally {
      torch.stop();
      await tf.setBackend('cpu');
    }
  },
);
