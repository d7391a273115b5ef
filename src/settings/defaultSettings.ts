import type { DatasetFacts } from '../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId, type ShippedDatasetId } from '../engine/data/datasets';
import { leastTrainingCount } from '../engine/data/split';
import type { ModelConfig } from '../engine/unet/config';
import { networkOf } from './modelSizes';
import type { Settings, TrainingSettings } from './settings';

type ModelChoice = Omit<ModelConfig, 'imageSize' | 'imageChannels'>;
type TrainingChoice = Omit<TrainingSettings, 'preview'>;

/**
 * The smallest model, for images of 8×8 pixels; the others differ from it in what they name. Four channels a group at the
 * top: groups of one, as 32 would be, take the mean of each channel away, and with it brightness and colour.
 */
const smallModel: ModelChoice = {
  nChannels: 32,
  chMults: [1, 2],
  isAttn: [false, true],
  nBlocks: 1,
  nSteps: 1000,
  nGroups: 8,
  nFinalGroups: 8,
  dropout: 0,
  nClasses: 0,
  schedule: 'linear',
  objective: 'epsilon',
  learnedVariance: false,
};

/** For larger images, which v and the cosine schedule learn to draw in a fraction of the steps. */
const largerModel: ModelChoice = {
  ...smallModel,
  chMults: [1, 2, 2],
  isAttn: [false, false, true],
  schedule: 'cosine',
  objective: 'v',
};

/** For 28×28, whose pixels are three times as many: a step takes less than twice the time. */
const modelFor28: ModelChoice = { ...largerModel, nChannels: 24, nGroups: 6, nFinalGroups: 6 };

/** For 32×32: one more level on top, of half the channels, so that a step takes little more time than at 16×16. */
const modelFor32: ModelChoice = {
  ...largerModel,
  nChannels: 16,
  chMults: [1, 2, 2, 2],
  isAttn: [false, false, true, true],
  nGroups: 4,
  nFinalGroups: 4,
};

/** Models that learn their data set within minutes on the CPU. */
const models: Record<ShippedDatasetId, ModelChoice> = {
  digits: smallModel,
  'mnist-16': largerModel,
  'mnist-28': modelFor28,
  'fashion-16': largerModel,
  'fashion-28': modelFor28,
  shapes: largerModel,
  emoji: largerModel,
  'emoji-32': modelFor32,
  glyphs: largerModel,
};

const runs: Record<ShippedDatasetId, TrainingChoice> = {
  digits: { batchSize: 64, learningRate: 2e-3, emaDecay: 0.995, steps: 4000 },
  'mnist-16': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
  'mnist-28': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 8000 },
  'fashion-16': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
  'fashion-28': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 8000 },
  shapes: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
  emoji: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.999, steps: 8000 },
  'emoji-32': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.999, steps: 8000 },
  glyphs: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
};

const preview = { count: 16, samplerSteps: 25, seed: 1 };

/** The settings that a data set of the page starts with. */
export function defaultSettings(id: ShippedDatasetId): Settings {
  return {
    model: { ...models[id], ...imageShape(datasets[id]) },
    training: { ...runs[id], classDropout: 0.1, preview },
    seed: 1,
  };
}

/** The same for images of one's own: as for the data set of about their size. */
export function settingsForImages(shape: Pick<ModelConfig, 'imageSize' | 'imageChannels'>): Settings {
  const id = shape.imageSize < 12 ? 'digits' : shape.imageSize <= 16 ? 'fashion-16' : 'fashion-28';
  const settings = defaultSettings(id);
  return { ...settings, model: { ...settings.model, ...shape } };
}

/** Of the user's own: below this a small network and fewer training steps are enough. */
const fewImages = 400;
/** How often each of few images is seen in training. */
const passes = 1000;

/** The settings that any data set starts with; those for the user's own follow the size and the number of the images. */
export function initialSettings(id: DatasetId, facts: DatasetFacts): Settings {
  if (isShippedDatasetId(id)) return defaultSettings(id);
  const { model, training, seed } = settingsForImages(imageShape(facts));
  const count = leastTrainingCount(facts);
  const batchSize = Math.max(1, Math.min(training.batchSize, count));
  // A large network would learn few images by heart, in a few hundred passes.
  const few = count < fewImages;
  const steps = Math.min(
    training.steps,
    Math.max(1000, Math.round((passes * count) / batchSize / 500) * 500),
  );
  return {
    model: few ? { ...model, ...networkOf('small', model) } : model,
    training: { ...training, batchSize, ...(few && { steps }) },
    seed,
  };
}

/** The network of medium size for a data set. */
export function normalModel(id: DatasetId, facts: DatasetFacts): ModelConfig {
  return isShippedDatasetId(id) ? defaultSettings(id).model : settingsForImages(imageShape(facts)).model;
}

/** What the data decides: size and channels of the images. */
export function imageShape({
  imageSize,
  channels,
}: Pick<DatasetFacts, 'imageSize' | 'channels'>): Pick<ModelConfig, 'imageSize' | 'imageChannels'> {
  return { imageSize, imageChannels: channels };
}
