import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { lossAndGradients } from '../training/objectiveLoss';
import { Random } from '../training/random';
import { trainedLayers } from '../training/trainer';
import { parseModelConfig } from '../unet/config';
import { unet } from '../unet/unet';
import { disposeWeights, initialWeights } from '../unet/weights';
import { expectedLoss, expectedNorms } from './selfTestNumbers';

/** Every kind of layer, and little else. */
const config = parseModelConfig({
  image_channels: 1,
  image_size: 4,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 4,
  n_final_groups: 4,
});

/** Loss of a fixed small UNet on fixed inputs, and the Euclidean norm of each layer's gradient, in their order. */
export async function selfTestNumbers(operations: Operations): Promise<{ loss: number; norms: number[] }> {
  const random = new Random(20);
  const weights = initialWeights(config, random);
  const [x, target] = [random.normal(2 * 16), random.normal(2 * 16)];
  try {
    const [loss, norms] = tf.tidy(() => {
      const picture = (values: Float32Array) => tf.tensor4d(values, [2, 4, 4, 1]);
      const result = lossAndGradients(weights, trainedLayers(config), () => {
        const prediction = unet(config, operations, weights, { x: picture(x), t: [1, 7] });
        return operations.squaredError(prediction, picture(target), tf.ones([2]));
      });
      const squares = [...result.gradients.values()].map((gradient) => gradient.square().sum());
      return [result.loss, tf.stack(squares).sqrt()];
    });
    const numbers = {
      loss: ((await loss.data())[0] ?? Number.NaN) as number,
      norms: [...(await norms.data())],
    };
    tf.dispose([loss, norms]);
    return numbers;
  } finally {
    disposeWeights(weights);
  }
}

/** Compares the current backend with numbers of the reference. Throws, saying what is untrue, where they differ. */
export async function selfTest(operations: Operations): Promise<void> {
  const { loss, norms } = await selfTestNumbers(operations);
  if (!near(loss, expectedLoss))
    throw new Error(`it computes a loss of ${loss} where ${expectedLoss} is right`);
  const layers = trainedLayers(config);
  const wrong = layers.findIndex((_, i) => !near(norms[i] as number, expectedNorms[i] as number));
  if (wrong < 0) return;
  throw new Error(
    `its gradient of ${layers[wrong]} is not true (${norms[wrong]}, not ${expectedNorms[wrong]})`,
  );
}

/** Rounding differs by backend, faults are larger. */
function near(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= 2e-3 * Math.abs(expected) + 1e-6;
}
