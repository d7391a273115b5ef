import type { DatasetId } from '../engine/data/datasets';
import type { OwnFacts } from '../engine/data/ownDataset';
import type { TrainingState } from '../engine/training/trainer';
import type { TrainingSettings } from '../settings/settings';
import type { Losses } from './losses';

/** A model with everything that belongs to it. */
export interface Model {
  state: TrainingState;
  /** One for every step that the state has taken. */
  losses: Losses;
  /** What it learns; null if its file names no data set of the page and it has not been trained since. */
  dataset: DatasetId | null;
  /** Set if it learned data of someone's own: its name and classes outlive it. Where `dataset` is null, its images are not here. */
  ownFacts?: OwnFacts | undefined;
  /** Of its last training run; null if it was never trained. */
  settings: TrainingSettings | null;
  /** Whether it also learned from the images that data/split holds out, as models did before there was a split. */
  sawHeldOut: boolean;
  heldOutLosses: HeldOutLoss[];
  /** Whether its first weights came from a plain model instead of random numbers. */
  imported: boolean;
}

/** The training objective of the raw weights on held-out images: the same images, t and noise each time. */
export interface HeldOutLoss {
  step: number;
  loss: number;
}
