import type { Dataset } from '../data/dataset';
import { splitOf } from '../data/split';
import type { Diffusion } from '../diffusion/diffusion';
import { denoiseInParts } from '../diffusion/samplers/inParts';
import type { Denoiser, SamplerStep } from '../diffusion/samplers/sampler';
import { type SamplerId, samplerOf } from '../diffusion/samplers/samplers';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import type { Operations } from '../kernels/operations';
import { Random } from '../training/random';
import type { ModelConfig } from '../unet/config';
import type { Weights } from '../unet/weights';
import { extractFeatures, type InTurn } from './extractor';
import type { FeatureFile } from './featureFile';
import { fixedBatch, fixedLoss } from './fixedLoss';
import {
  type Measures,
  makeYardstick,
  measureNovelty,
  measuresOf,
  type Novelty,
  nearestInTurns,
  type Yardstick,
} from './yardstick';

/** A model to judge, and what it computes with. */
export interface JudgedMeans {
  config: ModelConfig;
  diffusion: Diffusion;
  operations: Operations;
  weights: Weights;
  denoise: Denoiser;
  /** Whether it learned from the pictures that data/split holds out, too. */
  sawHeldOut: boolean;
  inTurn: InTurn;
}

/** Which samples are judged. */
export interface SampleChoice {
  /** From counts.least to mostSamples of the data set. */
  count: number;
  seed: number;
  sampler: SamplerId;
  /** How many of the T steps to take. */
  steps: number;
}

export interface Judgement {
  /** For each sample the nearest picture NHWC that the model learned from, and how far that is. */
  nearest: Float32Array;
  distances: Float64Array;
  novelty: Novelty;
  /** Of the samples, of as many held-out pictures, and of noise. */
  model: Measures;
  floor: Measures;
  ceiling: Measures;
  /** Share of the held-out pictures whose class the feature network knows. */
  featureAccuracy: number;
  /** Loss of the model's weights on as many training and held-out pictures, at the same t and with the same noise. */
  trainingLoss: number;
  heldOutLoss: number;
  sawHeldOut: boolean;
}

/** Pictures in the network at a time. */
const PART = 32;
/** Pictures behind either loss; see fixedBatch. */
const LOSS_PICTURES = 256;
const LOSS_SEED = 1;

/** Every step of the way to the samples, and how many there will be; x of the last are the samples NHWC. */
export function drawSamples(
  { config, diffusion, denoise }: Pick<JudgedMeans, 'config' | 'diffusion' | 'denoise'>,
  { count, seed, sampler: id, steps }: SampleChoice,
): { total: number; way: AsyncGenerator<SamplerStep, void, void> } {
  const { sampler, usual } = samplerOf(id);
  const timesteps = spacedTimesteps(diffusion, steps, usual.spacing);
  const random = new Random(seed);
  const length = config.imageSize ** 2 * config.imageChannels;
  const way = sampler({
    diffusion,
    denoise: denoiseInParts(denoise, PART, length),
    start: random.normal(count * length),
    timesteps,
    random,
    variance: 'beta',
    eta: 0,
    clipX0: true,
    noiseAtEnd: false,
  });
  return { total: timesteps.length, way };
}

/** Says how good, how varied and how new samples NHWC are, and how well the model predicts pictures it never saw. */
export async function judge(
  samples: Float32Array,
  dataset: Dataset,
  file: FeatureFile,
  means: JudgedMeans,
): Promise<Judgement> {
  const { config, diffusion, operations, weights, sawHeldOut, inTurn } = means;
  const length = config.imageSize ** 2 * config.imageChannels;
  const { novelty, yardstick } = await standardsOf(
    dataset,
    samples.length / length,
    file,
    operations,
    inTurn,
  );
  const model = measuresOf(yardstick, await extractFeatures(operations, file, samples, inTurn));
  const { training, heldOut } = splitOf(dataset);
  const learned = sawHeldOut ? dataset.images : training.images;
  const { indices, distances } = await nearestInTurns(samples, learned, length, inTurn);
  const nearest = new Float32Array(samples.length);
  indices.forEach((index, i) => {
    nearest.set(learned.subarray(index * length, (index + 1) * length), i * length);
  });
  const pictures = Math.min(LOSS_PICTURES, heldOut.count);
  const lossOn = (part: Dataset) =>
    inTurn(() =>
      fixedLoss(config, diffusion, operations, weights, fixedBatch(part, config.nSteps, pictures, LOSS_SEED)),
    );
  return {
    nearest,
    distances,
    novelty,
    model,
    floor: yardstick.floor,
    ceiling: yardstick.ceiling,
    featureAccuracy: file.accuracy,
    trainingLoss: await lossOn(training),
    heldOutLoss: await lossOn(heldOut),
    sawHeldOut,
  };
}

interface Standards {
  novelty: Promise<Novelty>;
  yardsticks: Map<number, Promise<Yardstick>>;
}

/** What a data set's samples are held to, by its pictures: made once. */
const standards = new WeakMap<Float32Array, Standards>();

async function standardsOf(
  dataset: Dataset,
  count: number,
  file: FeatureFile,
  operations: Operations,
  inTurn: InTurn,
): Promise<{ novelty: Novelty; yardstick: Yardstick }> {
  const { images } = dataset;
  const made = standards.get(images) ?? { novelty: measureNovelty(dataset, inTurn), yardsticks: new Map() };
  standards.set(images, made);
  const yardstick = made.yardsticks.get(count) ?? makeYardstick(dataset, file, count, operations, inTurn);
  made.yardsticks.set(count, yardstick);
  try {
    const [novelty, found] = await Promise.all([made.novelty, yardstick]);
    return { novelty, yardstick: found };
  } catch (error) {
    // The next call tries again.
    standards.delete(images);
    throw error;
  }
}
