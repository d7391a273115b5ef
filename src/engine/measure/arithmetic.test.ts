import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { parseModelConfig } from '../unet/config';
import { attentionFlop, stepArithmetic } from './arithmetic';
import { kernelFlop } from './kernelKind';
import { MeasuredModel } from './measuredModel';
import { recordKernels } from './recordKernels';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2, 1],
  is_attn: [false, true, true],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 4,
  n_final_groups: 4,
});

afterAll(() => tf.setBackend('cpu'));

describe('the arithmetic of a step', () => {
  test('is counted from the shapes', () => {
    const smallest = parseModelConfig({
      image_channels: 1,
      image_size: 4,
      n_channels: 4,
      ch_mults: [1],
      is_attn: [false],
      n_blocks: 1,
      n_steps: 10,
      n_groups: 2,
      n_final_groups: 2,
    });
    const pixels = 4 * 4;
    const conv3 = (inputs: number, outputs: number) => pixels * 9 * inputs * outputs;
    const conv1 = (inputs: number, outputs: number) => pixels * inputs * outputs;
    const time = 16;
    const residual = (inputs: number, outputs: number) =>
      conv3(inputs, outputs) + conv3(outputs, outputs) + time * outputs;
    const attention = conv1(4, 12) + conv1(4, 4) + 2 * pixels * pixels * 4;
    const multiplications =
      conv3(1, 4) +
      (4 * time + time * time) +
      residual(4, 4) +
      (2 * residual(4, 4) + attention) +
      2 * (residual(8, 4) + conv1(8, 4)) +
      conv3(4, 1);
    expect(stepArithmetic(smallest, 3)).toEqual({
      forward: 2 * 3 * multiplications,
      trainStep: 3 * 2 * 3 * multiplications,
    });
    expect(attentionFlop(1, pixels, 4)).toBe(2 * 2 * pixels * pixels * 4);
  });

  const recorded = async (operations: Operations) => {
    const model = new MeasuredModel(config, 3, operations);
    const flop = ({ calls }: ReturnType<typeof recordKernels>) =>
      calls.reduce((sum, call) => sum + kernelFlop(call.name, call), 0);
    const forward = flop(recordKernels(operations, (observed) => model.forward(observed).dispose()));
    let loss: Promise<number> | undefined;
    const trainStep = flop(
      recordKernels(operations, (observed) => {
        loss = model.trainStep(observed);
      }),
    );
    expect(await loss).toBeGreaterThan(0);
    model.dispose();
    return { forward, trainStep };
  };

  test('is what the fused kernels do', async () => {
    await startWasm({ threads: 1 });
    expect(await recorded(fusedOperations)).toEqual(stepArithmetic(config, 3));
  });

  test('is what the stock kernels do, which spare the gradient of the first input', async () => {
    await tf.setBackend('cpu');
    const { forward, trainStep } = await recorded(referenceOperations);
    const expected = stepArithmetic(config, 3);
    expect(forward).toBe(expected.forward);
    const firstInputs = 2 * 3 * (8 * 8 * 9 * 1 * 8 + 8 * 32);
    expect(trainStep).toBe(expected.trainStep - firstInputs);
  });
});
