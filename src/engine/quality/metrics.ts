import { drawDistinct, pick } from '../data/batches';
import type { Dataset } from '../data/dataset';
import { splitOf } from '../data/split';
import type { Operations } from '../kernels/operations';
import { Random } from '../training/random';
import { counts, FEATURES, MEMORISED_SHARE, NEIGHBOURS } from './definitions';
import { extractFeatures, type InTurn } from './extractor';
import type { FeatureFile } from './featureFile';
import { frechetDistance, type Moments, momentsOf } from './frechet';
import { nearest, quantile } from './nearest';
import { type PrecisionRecall, precisionRecall } from './precisionRecall';

/** Training images whose features stand for all of them, and held-out ones whose nearest are sought. */
const TRAINING_FEATURES = 2000;
const HELD_OUT_DISTANCES = 300;
const SEED = 1;
const FLOOR_DRAWS = 8;
/** Images whose nearest are sought in one turn. */
const PART = 16;

/** What the features of a set of images say of it. */
export interface Measures extends PrecisionRecall {
  /** Squared Fréchet distance to the training images. */
  frechet: number;
}

/** How far apart images are that owe each other nothing: a held-out image from its nearest training image. */
export interface Novelty {
  /** Of held-out images, each to its nearest training image; see Nearest. */
  distances: Float64Array;
  /** Their quantile of 1 %: a sample that is nearer is said to be memorised. */
  threshold: number;
}

/** What the measures of `count` samples are compared with. */
export interface ReferenceFeatures {
  count: number;
  training: Moments;
  /** Features of `count` training images. */
  real: Float32Array;
  /** Of as many held-out images, the mean of several draws: no model can be expected to do better. */
  floor: Measures;
  /** Of as many images of noise. */
  ceiling: Measures;
}

/** The most samples that a data set can evaluate: as many as it has held-out images, and 500. */
export function mostSamples(dataset: Dataset): number {
  return Math.min(counts.most, splitOf(dataset).heldOut.count);
}

/** The distances of held-out images. Exact; takes a second or two for the largest data sets. */
export async function measureNovelty(dataset: Dataset, inTurn: InTurn): Promise<Novelty> {
  const { training, heldOut } = splitOf(dataset);
  const some = draw(heldOut, HELD_OUT_DISTANCES);
  const { distances } = await nearestInTurns(some, training.images, lengthOf(dataset), inTurn);
  return { distances, threshold: quantile(distances, MEMORISED_SHARE) };
}

/** nearest(), a few queries a turn. */
export async function nearestInTurns(
  queries: Float32Array,
  references: Float32Array,
  length: number,
  inTurn: InTurn,
): Promise<{ indices: Int32Array; distances: Float64Array }> {
  const count = queries.length / length;
  const found = { indices: new Int32Array(count), distances: new Float64Array(count) };
  for (let begin = 0; begin < count; begin += PART) {
    const part = queries.subarray(begin * length, (begin + PART) * length);
    const { indices, distances } = await inTurn(() => nearest(part, references, length));
    found.indices.set(indices, begin);
    found.distances.set(distances, begin);
  }
  return found;
}

/** Features of training, held-out and noise images, and what they measure. The seed is fixed: so is the reference. */
export async function referenceFeatures(
  dataset: Dataset,
  file: FeatureFile,
  count: number,
  operations: Operations,
  inTurn: InTurn,
): Promise<ReferenceFeatures> {
  const { training, heldOut } = splitOf(dataset);
  const extract = (images: Float32Array) => extractFeatures(operations, file, images, inTurn);
  const known = await extract(draw(training, TRAINING_FEATURES));
  const moments = momentsOf(known, FEATURES);
  const real = drawRows(known, count);
  const compare = async (images: Float32Array) =>
    measuresOf({ training: moments, real }, await extract(images));
  return {
    count,
    training: moments,
    real,
    floor: floorOf(await extract(draw(heldOut, counts.most)), count, { training: moments, real }),
    ceiling: await compare(noiseImages(count * lengthOf(dataset))),
  };
}

/** Fréchet distance, precision and recall of as many feature vectors as the reference has. */
export function measuresOf(
  { training, real }: Pick<ReferenceFeatures, 'training' | 'real'>,
  features: Float32Array,
): Measures {
  return {
    frechet: frechetDistance(training, momentsOf(features, FEATURES)),
    ...precisionRecall(real, features, FEATURES, NEIGHBOURS),
  };
}

/** What sampling starts from, within the range of images. */
function noiseImages(length: number): Float32Array {
  return new Random(SEED).normal(length).map((value) => Math.max(-1, Math.min(1, value)));
}

/** Means over several draws of `count` held-out images: one draw of few images may be lucky. */
function floorOf(
  heldOut: Float32Array,
  count: number,
  reference: Pick<ReferenceFeatures, 'training' | 'real'>,
): Measures {
  const draws = Array.from({ length: FLOOR_DRAWS }, (_, i) =>
    measuresOf(reference, drawRows(heldOut, count, SEED + i)),
  );
  const mean = (of: (measures: Measures) => number) =>
    draws.reduce((sum, measures) => sum + of(measures) / draws.length, 0);
  return {
    frechet: mean(({ frechet }) => frechet),
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
  };
}

/** Some of the feature vectors. */
function drawRows(features: Float32Array, count: number, seed = SEED): Float32Array {
  const rows = new Float32Array(count * FEATURES);
  drawDistinct(new Random(seed), count, features.length / FEATURES).forEach((row, i) => {
    rows.set(features.subarray(row * FEATURES, (row + 1) * FEATURES), i * FEATURES);
  });
  return rows;
}

function draw(dataset: Dataset, most: number): Float32Array {
  const count = Math.min(most, dataset.count);
  return pick(dataset, drawDistinct(new Random(SEED), count, dataset.count)).images;
}

function lengthOf({ imageSize, channels }: Dataset): number {
  return imageSize * imageSize * channels;
}
