import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { lossAndGradients, type NoisedBatch, objectiveLoss, sumOf } from '../training/objectiveLoss';
import { Random } from '../training/random';
import {
  applyGradients,
  createTrainingState,
  disposeTrainingState,
  type TrainingState,
  trainedLayers,
} from '../training/trainer';
import { parseModelConfig } from '../unet/config';
import { unet } from '../unet/unet';
import { type Fingerprint, type SelfTestNumbers, selfTestNumbers } from './selfTestNumbers';

/** A U-Net with every kind of layer, and little else. */
const config = parseModelConfig({
  image_channels: 1,
  image_size: 4,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 4,
  n_final_groups: 4,
  dropout: 0.1,
});
const images = 2;
/** Rounding differs by backend; faults are larger. */
const TOLERANCE = 1e-3;

/** Compares a step of training on the current backend with known numbers. Throws, saying what is untrue. */
export async function selfTest(operations: Operations): Promise<void> {
  const untrue = untruth(await measureSelfTest(operations), selfTestNumbers);
  if (untrue) throw new Error(`it computes ${untrue} wrongly`);
}

/** The first of the numbers that is not what it should be, in words; null where all are. */
export function untruth(actual: SelfTestNumbers, expected: SelfTestNumbers): string | null {
  const near = (a: number, b: number, scale: number) => Math.abs(a - b) <= TOLERANCE * scale + 1e-6;
  const alike = ([norm, projection]: Fingerprint, [trueNorm, trueProjection]: Fingerprint) =>
    near(norm, trueNorm, trueNorm) && near(projection, trueProjection, trueNorm);
  if (!alike(actual.prediction, expected.prediction)) return "the network's output";
  if (!near(actual.loss, expected.loss, expected.loss)) return 'the loss';
  const layers = trainedLayers(config);
  const layer = layers.find((_, i) => {
    const [gradient, trueGradient] = [actual.gradients[i], expected.gradients[i]];
    return !gradient || !trueGradient || !alike(gradient, trueGradient);
  });
  if (layer) return `the gradient of ${layer}`;
  return near(actual.lossAfterStep, expected.lossAfterStep, expected.loss) ? null : "Adam's step";
}

/** Takes one step of training on the current backend, from fixed weights and on fixed images. */
export async function measureSelfTest(operations: Operations): Promise<SelfTestNumbers> {
  const state = createTrainingState(config, 20);
  try {
    const random = new Random(21);
    const size = images * config.imageSize ** 2;
    const [x0, noise] = [random.normal(size), random.normal(size)];
    const [prediction, loss, gradients, lossAfterStep] = tf.tidy(() => {
      const batch = batchOf(x0, noise);
      const output = unet(config, operations, state.weights, { x: batch.images, t: batch.t });
      const lossOf = () => objectiveLoss(config, state.diffusion, operations, state.weights, batch);
      const before = lossAndGradients(state.weights, trainedLayers(config), lossOf);
      const flat = [...before.gradients.values()].map((gradient) => gradient.flatten());
      const joined = tf.concat(flat);
      applyGradients(state, operations, before.gradients, { learningRate: 0.01, emaDecay: 0.5 });
      return [output, before.shares, joined, lossOf()];
    });
    const all = [prediction, loss, gradients, lossAfterStep] as const;
    const values = await Promise.all(all.map(async (tensor) => Float32Array.from(await tensor.data())));
    tf.dispose([...all]);
    const [outputs, before, joined, after] = values as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    return {
      loss: sumOf(before),
      lossAfterStep: sumOf(after),
      prediction: fingerprint(outputs),
      gradients: splitByLayer(state, joined).map(fingerprint),
    };
  } finally {
    disposeTrainingState(state);
  }
}

function batchOf(x0: Float32Array, noise: Float32Array): NoisedBatch {
  const shape: [number, number, number, number] = [images, config.imageSize, config.imageSize, 1];
  return {
    images: tf.tensor4d(x0, shape),
    noise: tf.tensor4d(noise, shape),
    t: Int32Array.of(1, 7),
    dropoutSeed: 22,
  };
}

function splitByLayer({ weights }: TrainingState, joined: Float32Array): Float32Array[] {
  let end = 0;
  return trainedLayers(config).map((name) => {
    const start = end;
    end += weights.get(name)?.size ?? 0;
    return joined.subarray(start, end);
  });
}

function fingerprint(values: Float32Array): Fingerprint {
  const direction = new Random(23).normal(values.length);
  let square = 0;
  let projection = 0;
  for (const [i, value] of values.entries()) {
    square += value ** 2;
    projection += value * (direction[i] as number);
  }
  return [Math.sqrt(square), projection];
}
