import type { ShippedPointsId } from '../points/shippedPoints';
import measured from './measures.json';
import type { ShippedModelId } from './shippedModels';

/** A measure of a model beside what held-out images or fresh draws have, and what noise has. */
export interface Between {
  model: number;
  floor: number;
  ceiling: number;
}

/** What was measured of a model that ships: by `npm run models`, which writes measures.json. */
export interface ShippedMeasures {
  steps: number;
  /** What they took; null where the file does not say. */
  seconds: number | null;
  parameters: number;
  /** Of its file. */
  bytes: number;
  /** ε loss on training and on held-out images. */
  trainingLoss: number;
  heldOutLoss: number;
  /** Samples behind what follows, by DPM-Solver++; null where no network has learned the images. */
  samples: number;
  frechet: Between | null;
  precision: Between | null;
  recall: Between | null;
  /** Share of the samples nearer to a training image than 99 % of the held-out images are to theirs. */
  memorised: number;
}

export interface PointsMeasures {
  steps: number;
  seconds: number;
  parameters: number;
  bytes: number;
  loss: number;
  samples: number;
  /** RMS of ε_θ − ε over all t. */
  error: number;
  /** Energy distance to the data. */
  distance: Between;
}

/** Of all that were measured. */
export const shippedMeasures: {
  models: Partial<Record<ShippedModelId, ShippedMeasures>>;
  points: Partial<Record<ShippedPointsId, PointsMeasures>>;
  /** Bytes of the stored answers of studies, where a model has them: see study/storedStudies. */
  studies: Partial<Record<ShippedModelId, number>>;
} = measured;

/** Name of a model's contact sheet in `public/models`. */
export function sheetName(id: ShippedModelId): string {
  return `${id}.png`;
}

export function pointsSheetName(set: ShippedPointsId): string {
  return `points-${set}.png`;
}
