import * as tf from '@tensorflow/tfjs';
import type { Diffusion } from '../diffusion/diffusion';
import { createDiffusion } from '../diffusion/diffusion';
import { isLossWeight, lossWeights, lossWeightsOf } from '../diffusion/lossWeights/lossWeights';
import type { AdamEmaSettings, Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { layersOf } from '../unet/layers';
import { copyWeights, disposeWeights, initialWeights, type Variables, zeroWeights } from '../unet/weights';
import { hideClasses } from './classDropout';
import { lossAndGradients, objectiveLoss, sumOf } from './objectiveLoss';
import { Random } from './random';

/** A model in training: all that a resumed run needs to be the one that never stopped. */
export interface TrainingState {
  config: ModelConfig;
  diffusion: Diffusion;
  weights: Variables;
  ema: Variables;
  /** Adam's first and second moments. */
  m: Variables;
  v: Variables;
  /** Draws the batches, t, ε and dropout. */
  random: Random;
  /** Steps taken so far. */
  step: number;
}

/** Pictures NHWC in [−1, 1] and their classes, drawn by `random` alone. */
export type BatchSource = (random: Random, batchSize: number) => { images: Float32Array; labels: Uint8Array };

export interface TrainerSettings {
  batchSize: number;
  learningRate: number;
  /** d of the EMA; the first steps use (1 + k)/(10 + k) where that is less, so that the start is soon forgotten. */
  emaDecay: number;
  /** p_uncond: share of the pictures whose class is hidden, 0 ≤ p ≤ 1, for classifier-free guidance; 0.1 by default. */
  classDropout?: number;
  /** How much each t counts: an id of lossWeights, 'simple' where it is left out; and γ of min-SNR, 5. */
  lossWeight?: string | undefined;
  snrGamma?: number | undefined;
}

export interface TrainingStep {
  /** Number of the step, from 1. */
  step: number;
  t: Int32Array;
  /** Arrives later than the step on a GPU: nobody waits for it to go on. */
  loss: Promise<number>;
  /** Mean squared error of each picture, without its weight; NaN where that is 0. Arrives with the loss. */
  errors: Promise<Float32Array>;
}

/** A new model with random weights. `weights`, when given, are taken over instead of random ones. */
export function createTrainingState(config: ModelConfig, seed: number, weights?: Variables): TrainingState {
  const random = new Random(seed);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const made: Variables[] = [];
  const keep = (variables: Variables) => {
    made.push(variables);
    return variables;
  };
  try {
    const start = weights ?? keep(initialWeights(config, random));
    return {
      config,
      diffusion,
      weights: start,
      ema: keep(copyWeights(start)),
      m: keep(zeroWeights(config)),
      v: keep(zeroWeights(config)),
      random,
      step: 0,
    };
  } catch (error) {
    made.forEach(disposeWeights);
    throw error;
  }
}

export function disposeTrainingState({ weights, ema, m, v }: TrainingState): void {
  for (const set of [weights, ema, m, v]) disposeWeights(set);
}

/** Bounds within which Adam can train. Throws an error that names the limit. */
export function checkTrainerSettings(
  { batchSize, learningRate, emaDecay, classDropout = 0, lossWeight, snrGamma }: TrainerSettings,
  count: number,
): void {
  if (!(learningRate > 0 && learningRate <= 1)) {
    throw new Error(`The learning rate must be above 0 and at most 1, not ${learningRate}.`);
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    throw new Error(
      `The batch must hold 1 to ${count} pictures (all there are to learn from), not ${batchSize}.`,
    );
  }
  if (lossWeight !== undefined && !isLossWeight(lossWeight)) {
    throw new Error(
      `There is no loss weight '${lossWeight}'; there are: ${Object.keys(lossWeights).join(', ')}.`,
    );
  }
  if (snrGamma !== undefined && !(snrGamma > 0 && snrGamma < Number.POSITIVE_INFINITY))
    throw new Error(`γ of min-SNR must be above 0, not ${snrGamma}.`);
  if (!(emaDecay >= 0 && emaDecay < 1))
    throw new Error(`The EMA decay must be at least 0 and below 1, not ${emaDecay}.`);
  if (!(classDropout >= 0 && classDropout <= 1))
    throw new Error(`The class dropout must be from 0 to 1, not ${classDropout}.`);
}

/** Trains without end, one step a turn (algorithm 1 of the paper); settings are read anew at each step. */
export async function* train(
  state: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: () => TrainerSettings,
): AsyncGenerator<TrainingStep, never, void> {
  for (;;) yield trainStep(state, operations, source, settings());
}

/** One step of Adam on a batch: draws x₀, t and ε, takes the gradient of L_simple, updates weights and EMA. */
export function trainStep(
  state: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: TrainerSettings,
): TrainingStep {
  const { config, diffusion, random } = state;
  const { batchSize, learningRate, emaDecay, classDropout = 0.1, lossWeight = 'simple', snrGamma } = settings;
  const { images, labels } = source(random, batchSize);
  const t = random.integers(batchSize, config.nSteps);
  const noise = random.normal(images.length);
  const weights = lossWeightsOf(diffusion, config.objective, lossWeight, snrGamma);
  const weight = Float32Array.from(t, (step) => weights[step] as number);
  const dropoutSeed = config.dropout > 0 ? random.nextUint32() : undefined;
  const told = config.nClasses > 0 ? hideClasses(labels, classDropout, random) : undefined;
  const shape: [number, number, number, number] = [
    batchSize,
    config.imageSize,
    config.imageSize,
    config.imageChannels,
  ];

  const shares = tf.tidy(() => {
    const batch = {
      images: tf.tensor4d(images, shape),
      noise: tf.tensor4d(noise, shape),
      t,
      labels: told,
      dropoutSeed,
      weight,
    };
    const result = lossAndGradients(state.weights, trainedLayers(config), () =>
      objectiveLoss(config, diffusion, operations, state.weights, batch),
    );
    applyGradients(state, operations, result.gradients, { learningRate, emaDecay });
    return result.shares;
  });
  const arrived = readAll(shares);
  const errors = arrived.then((values) =>
    values.map((share, n) => (share * batchSize) / (weight[n] as number)),
  );
  // Whoever waits for the loss hears of a failure.
  errors.catch(() => {});
  return { step: state.step, t, loss: arrived.then(sumOf), errors };
}

/** Adam with PyTorch's defaults, then EMA; counts the step. */
export function applyGradients(
  state: TrainingState,
  operations: Operations,
  gradients: ReadonlyMap<string, tf.Tensor2D>,
  { learningRate, emaDecay }: Pick<AdamEmaSettings, 'learningRate' | 'emaDecay'>,
): void {
  state.step++;
  const step = state.step;
  const updates = [...gradients].map(([name, gradient]) => ({
    parameter: state.weights.get(name) as tf.Variable,
    gradient,
    m: state.m.get(name) as tf.Variable,
    v: state.v.get(name) as tf.Variable,
    ema: state.ema.get(name) as tf.Variable,
  }));
  const warm = Math.min(emaDecay, (1 + step) / (10 + step));
  operations.adamEma(updates, {
    learningRate,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    step,
    emaDecay: warm,
  });
}

/** Names of the layers that have a gradient. */
export function trainedLayers(config: ModelConfig): string[] {
  return layersOf(config)
    .filter(({ trained }) => trained)
    .map(({ name }) => name);
}

async function readAll(tensor: tf.Tensor1D): Promise<Float32Array> {
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return values;
}
