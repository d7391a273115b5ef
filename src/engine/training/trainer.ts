import type * as tf from '@tensorflow/tfjs';
import {
  isLossWeight,
  type LossWeighting,
  lossWeights,
  lossWeightsAt,
} from '../diffusion/lossWeights/lossWeights';
import { objectiveOf } from '../diffusion/objectives/objectives';
import type { AdamEmaSettings, Operations } from '../kernels/operations';
import { type Live, now } from '../kernels/replay/live';
import { hideClasses } from './classDropout';
import { gradientStep } from './gradientStep';
import { sumOf } from './objectiveLoss';
import type { Random } from './random';
import { drawTimes, isTimeSampling, type TimeSamplingId, timeSamplings } from './timeSampling';
import { adamUpdates, type TrainingState } from './trainingState';

export {
  createTrainingState,
  disposeTrainingState,
  type TrainingState,
  trainedLayers,
} from './trainingState';

/** Images NHWC in [−1, 1] and their classes, drawn by `random` alone, and how many values a pixel can have: 256 if left out. */
export type BatchSource = (
  random: Random,
  batchSize: number,
) => { images: Float32Array; labels: Uint8Array; levels?: number };

export interface TrainerSettings extends LossWeighting {
  batchSize: number;
  learningRate: number;
  /** d of the EMA; the first steps use (1 + k)/(10 + k) where that is less, so that the start is soon forgotten. */
  emaDecay: number;
  /** p_uncond: share of the images whose class is hidden, 0 ≤ p ≤ 1, for classifier-free guidance; 0.1 by default. */
  classDropout?: number | undefined;
  /** How t is drawn: an id of timeSamplings, 'uniform' where it is left out. */
  timeSampling?: string | undefined;
  /** Real t instead of whole ones; a flow's time is real in any case. */
  continuousTime?: boolean | undefined;
}

export interface TrainingStep {
  /** Number of the step, from 1. */
  step: number;
  /** The times at which the network was asked. */
  t: Float32Array;
  /** Arrives later than the step on a GPU: nobody waits for it to go on. */
  loss: Promise<number>;
  /** Mean squared error of each image, without its weight (with a learned variance the share of its term of the bound, too); NaN where that is 0. Arrives with the loss. */
  errors: Promise<Float32Array>;
}

/** Bounds within which Adam can train. Throws an error that names the limit. */
export function checkTrainerSettings(
  {
    batchSize,
    learningRate,
    emaDecay,
    classDropout = 0,
    lossWeight,
    snrGamma,
    timeSampling,
  }: TrainerSettings,
  count: number,
): void {
  if (!(learningRate > 0 && learningRate <= 1)) {
    throw new Error(`The learning rate must be above 0 and at most 1, not ${learningRate}.`);
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    throw new Error(
      `The batch must hold 1 to ${count} images (all there are to learn from), not ${batchSize}.`,
    );
  }
  if (lossWeight !== undefined && !isLossWeight(lossWeight)) {
    throw new Error(
      `There is no loss weight '${lossWeight}'; there are: ${Object.keys(lossWeights).join(', ')}.`,
    );
  }
  if (snrGamma !== undefined && !(snrGamma > 0 && snrGamma < Number.POSITIVE_INFINITY))
    throw new Error(`γ of min-SNR must be above 0, not ${snrGamma}.`);
  if (timeSampling !== undefined && !isTimeSampling(timeSampling)) {
    throw new Error(
      `There is no time sampling '${timeSampling}'; there are: ${Object.keys(timeSamplings).join(', ')}.`,
    );
  }
  if (!(emaDecay >= 0 && emaDecay < 1))
    throw new Error(`The EMA decay must be at least 0 and below 1, not ${emaDecay}.`);
  if (!(classDropout >= 0 && classDropout <= 1))
    throw new Error(`The class dropout must be from 0 to 1, not ${classDropout}.`);
}

/** Trains without end, one step a turn (algorithm 1 of the paper); settings, and live operations, are read anew at each step. */
export async function* train(
  state: TrainingState,
  operations: Live<Operations>,
  source: BatchSource,
  settings: () => TrainerSettings,
): AsyncGenerator<TrainingStep, never, void> {
  for (;;) yield trainStep(state, now(operations), source, settings());
}

/** One step of Adam on a batch: draws x₀, t and ε, takes the gradient of L_simple, updates weights and EMA. */
export function trainStep(
  state: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: TrainerSettings,
): TrainingStep {
  const { config, diffusion, random } = state;
  const { batchSize, learningRate, emaDecay, classDropout = 0.1 } = settings;
  const { timeSampling = 'uniform', continuousTime = false } = settings;
  const { images, labels, levels = 256 } = source(random, batchSize);
  const { input } = objectiveOf(config.objective);
  const weightsAt = (times: Float32Array) => lossWeightsAt(diffusion, config.objective, settings, times);
  const { t, density } = drawTimes(
    { nSteps: config.nSteps, input, continuous: continuousTime },
    timeSampling as TimeSamplingId,
    batchSize,
    random,
    weightsAt,
  );
  const noise = random.normal(images.length);
  const weight = weightsAt(t).map((one, n) => one / (density[n] as number));
  const dropoutSeed = config.dropout > 0 ? random.nextUint32() : 0;
  const told = config.nClasses > 0 ? hideClasses(labels, classDropout, random) : [];
  const step = state.step + 1;
  const arrived = gradientStep(state, operations, {
    images,
    noise,
    t,
    labels: told,
    dropoutSeed,
    weight,
    bound: { levels, weight: Array.from(density, (one) => 1 / one) },
    ...adamSettings(step, { learningRate, emaDecay }),
  });
  state.step = step;
  const errors = arrived.then((values) =>
    values.map((share, n) => (share * batchSize) / (weight[n] as number)),
  );
  // Errors reach the caller through the loss promise.
  errors.catch(() => {});
  return { step, t, loss: arrived.then(sumOf), errors };
}

/** Adam with PyTorch's defaults, then EMA; counts the step. */
export function applyGradients(
  state: TrainingState,
  operations: Operations,
  gradients: ReadonlyMap<string, tf.Tensor2D>,
  rates: Pick<AdamEmaSettings, 'learningRate' | 'emaDecay'>,
): void {
  state.step++;
  operations.adamEma(adamUpdates(state, gradients), adamSettings(state.step, rates));
}

/** PyTorch's defaults of Adam, for the step of that number. */
function adamSettings(
  step: number,
  { learningRate, emaDecay }: Pick<AdamEmaSettings, 'learningRate' | 'emaDecay'>,
): AdamEmaSettings {
  const warm = Math.min(emaDecay, (1 + step) / (10 + step));
  return { learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step, emaDecay: warm };
}
