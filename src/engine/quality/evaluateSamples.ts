import type { Dataset } from '../data/dataset';
import { splitOf } from '../data/split';
import type { Diffusion } from '../diffusion/diffusion';
import type { Condition } from '../diffusion/guidance';
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
  measureNovelty,
  measuresOf,
  type Novelty,
  nearestInTurns,
  type ReferenceFeatures,
  referenceFeatures,
} from './metrics';

/** A model to evaluate, and what it computes with. */
export interface EvaluatedModel {
  config: ModelConfig;
  diffusion: Diffusion;
  operations: Operations;
  weights: Weights;
  /** ε̂ of the model, told a class for each image where there are conditions. */
  denoiser(conditions?: readonly Condition[]): Denoiser;
  /** Whether it learned from the images that data/split holds out, too. */
  sawHeldOut: boolean;
  inTurn: InTurn;
}

/** Which samples are evaluated. */
export interface SampleChoice {
  /** From counts.least to mostSamples of the data set. */
  count: number;
  seed: number;
  sampler: SamplerId;
  /** How many of the T steps to take. */
  steps: number;
  /** w of a model with classes, which is told classes as often as the data set has them; 0 is the model itself. */
  guidance: number;
}

/** What the features say of the samples, of as many held-out images, and of noise. */
export interface FeatureMetrics {
  model: Measures;
  floor: Measures;
  ceiling: Measures;
  /** Share of the held-out images whose class the feature network knows. */
  accuracy: number;
}

export interface Evaluation {
  /** For each sample the nearest image NHWC that the model learned from, and how far that is. */
  nearest: Float32Array;
  distances: Float64Array;
  novelty: Novelty;
  /** None where there is no feature network of the data set. */
  features: FeatureMetrics | null;
  /** Loss of the model's weights on as many training and held-out images, at the same t and with the same noise. */
  trainingLoss: number;
  heldOutLoss: number;
  sawHeldOut: boolean;
}

/** Images in the network at a time. */
const PART = 32;
/** Images behind either loss; see fixedBatch. */
const LOSS_IMAGES = 256;
const LOSS_SEED = 1;

/** Every step of the way to the samples, and how many there will be; x of the last are the samples NHWC. */
export function drawSamples(
  { config, diffusion, denoiser }: Pick<EvaluatedModel, 'config' | 'diffusion' | 'denoiser'>,
  { count, seed, sampler: id, steps, guidance }: SampleChoice,
  { labels }: Pick<Dataset, 'labels'>,
): { total: number; way: AsyncGenerator<SamplerStep, void, void> } {
  const { sampler, defaults } = samplerOf(id);
  const timesteps = spacedTimesteps(diffusion, steps, defaults.spacing);
  const random = new Random(seed);
  const length = config.imageSize ** 2 * config.imageChannels;
  const conditions = config.nClasses > 0 ? conditionsLike(labels, guidance, count, seed) : undefined;
  const parts = Array.from({ length: Math.ceil(count / PART) }, (_, i) =>
    denoiser(conditions?.slice(i * PART, (i + 1) * PART)),
  );
  const way = sampler({
    diffusion,
    denoise: denoiseInParts((x, t, v, first) => (parts[first / PART] as Denoiser)(x, t, v), PART, length),
    start: random.normal(count * length),
    timesteps,
    random,
  });
  return { total: timesteps.length, way };
}

/** A condition for each sample, its class that of an image drawn from the data set. */
function conditionsLike(labels: Uint8Array, guidance: number, count: number, seed: number): Condition[] {
  const drawn = new Random(seed).integers(count, labels.length);
  return Array.from(drawn, (index) => ({ label: labels[index] as number, guidance }));
}

/** Says how good, how varied and how new samples NHWC are, and how well the model predicts images it never saw. */
export async function evaluateSamples(
  samples: Float32Array,
  dataset: Dataset,
  file: FeatureFile | null,
  means: EvaluatedModel,
): Promise<Evaluation> {
  const { config, diffusion, operations, weights, sawHeldOut, inTurn } = means;
  const length = config.imageSize ** 2 * config.imageChannels;
  const standard = standardOf(dataset.images);
  const novelty = standard.novelty ?? (await measureNovelty(dataset, inTurn));
  standard.novelty = novelty;
  const { training, heldOut } = splitOf(dataset);
  const learned = sawHeldOut ? dataset.images : training.images;
  const { indices, distances } = await nearestInTurns(samples, learned, length, inTurn);
  const nearest = new Float32Array(samples.length);
  indices.forEach((index, i) => {
    nearest.set(learned.subarray(index * length, (index + 1) * length), i * length);
  });
  const images = Math.min(LOSS_IMAGES, heldOut.count);
  const lossOn = (part: Dataset) =>
    inTurn(() =>
      fixedLoss(config, diffusion, operations, weights, fixedBatch(part, config.nSteps, images, LOSS_SEED)),
    );
  return {
    nearest,
    distances,
    novelty,
    features: file && (await featureMetrics(samples, dataset, file, means)),
    trainingLoss: await lossOn(training),
    heldOutLoss: await lossOn(heldOut),
    sawHeldOut,
  };
}

async function featureMetrics(
  samples: Float32Array,
  dataset: Dataset,
  file: FeatureFile,
  means: Pick<EvaluatedModel, 'operations' | 'inTurn'>,
): Promise<FeatureMetrics> {
  const { operations, inTurn } = means;
  const count = samples.length / (dataset.imageSize ** 2 * dataset.channels);
  const reference = await referenceOf(dataset, file, count, means);
  const { floor, ceiling } = reference;
  const model = measuresOf(reference, await extractFeatures(operations, file, samples, inTurn));
  return { model, floor, ceiling, accuracy: file.accuracy };
}

/** What `count` samples are compared with; made once for a data set. */
export async function referenceOf(
  dataset: Dataset,
  file: FeatureFile,
  count: number,
  { operations, inTurn }: Pick<EvaluatedModel, 'operations' | 'inTurn'>,
): Promise<ReferenceFeatures> {
  const { references } = standardOf(dataset.images);
  const reference =
    references.get(count) ?? (await referenceFeatures(dataset, file, count, operations, inTurn));
  references.set(count, reference);
  return reference;
}

/** What a data set's samples are held to; made once. */
interface Standard {
  novelty?: Novelty;
  /** By the number of samples. */
  references: Map<number, ReferenceFeatures>;
}

/** By the images of the data set. */
const standards = new WeakMap<Float32Array, Standard>();

function standardOf(images: Float32Array): Standard {
  const standard = standards.get(images) ?? { references: new Map() };
  standards.set(images, standard);
  return standard;
}
