import type { DatasetFacts } from '../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId, type ShippedDatasetId } from '../engine/data/datasets';
import { leastTrainingCount } from '../engine/data/split';
import type { ModelConfig } from '../engine/unet/config';
import type { TrainingSettings } from '../worker/protocol';
import type { Settings } from './settings';

type ModelChoice = Omit<ModelConfig, 'imageSize' | 'imageChannels'>;
type TrainingChoice = Omit<TrainingSettings, 'preview'>;

/** The smallest model, for pictures of 8×8 pixels; the others differ from it in what they name. */
const smallModel: ModelChoice = {
  nChannels: 32,
  chMults: [1, 2],
  isAttn: [false, true],
  nBlocks: 1,
  nSteps: 1000,
  nGroups: 32,
  nFinalGroups: 8,
  dropout: 0,
  nClasses: 0,
  schedule: 'linear',
  objective: 'epsilon',
};

/** For larger pictures. Four channels a group at the top: groups of one channel, as 32 would be, take the mean of each away, and with it colour and brightness. */
const largerModel: ModelChoice = {
  ...smallModel,
  chMults: [1, 2, 2],
  isAttn: [false, false, true],
  nGroups: 8,
};

/** Models that learn their data set within minutes on the CPU. */
const models: Record<ShippedDatasetId, ModelChoice> = {
  digits: smallModel,
  'fashion-16': largerModel,
  'fashion-28': largerModel,
  shapes: largerModel,
  emoji: largerModel,
  glyphs: largerModel,
};

const runs: Record<ShippedDatasetId, TrainingChoice> = {
  digits: { batchSize: 64, learningRate: 2e-3, emaDecay: 0.995, steps: 4000 },
  'fashion-16': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
  'fashion-28': { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 8000 },
  shapes: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
  emoji: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.999, steps: 8000 },
  glyphs: { batchSize: 32, learningRate: 5e-4, emaDecay: 0.995, steps: 5000 },
};

const preview = { count: 16, samplerSteps: 25, seed: 1 };

/** The settings that a data set of the page starts with. */
export function defaultSettings(id: ShippedDatasetId): Settings {
  return {
    model: { ...models[id], ...pictureShape(datasets[id]) },
    training: { ...runs[id], classDropout: 0.1, preview },
    seed: 1,
  };
}

/** The same for pictures of one's own: as for the data set of about their size. */
export function settingsForPictures(shape: Pick<ModelConfig, 'imageSize' | 'imageChannels'>): Settings {
  const id = shape.imageSize < 12 ? 'digits' : shape.imageSize <= 16 ? 'fashion-16' : 'fashion-28';
  const settings = defaultSettings(id);
  return { ...settings, model: { ...settings.model, ...shape } };
}

/** The settings that any data set starts with; of few pictures all are in a batch. */
export function initialSettings(id: DatasetId, facts: DatasetFacts): Settings {
  if (isShippedDatasetId(id)) return defaultSettings(id);
  const { model, training, seed } = settingsForPictures(pictureShape(facts));
  const batchSize = Math.max(1, Math.min(training.batchSize, leastTrainingCount(facts)));
  return { model, training: { ...training, batchSize }, seed };
}

/** What the data decides: size and channels of the pictures. */
export function pictureShape({
  imageSize,
  channels,
}: Pick<DatasetFacts, 'imageSize' | 'channels'>): Pick<ModelConfig, 'imageSize' | 'imageChannels'> {
  return { imageSize, imageChannels: channels };
}
