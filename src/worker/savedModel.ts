import * as v from 'valibot';
import { readBundle, writeBundle } from '../engine/checkpoint/bundle';
import { CheckpointError } from '../engine/checkpoint/model';
import { restoreTrainingState } from '../engine/checkpoint/restore';
import { type DatasetId, isDatasetId } from '../engine/data/datasets';
import { type OwnFacts, ownFactsSchema } from '../engine/data/ownDataset';
import { isLossWeight } from '../engine/diffusion/lossWeights/lossWeights';
import type { TrainingState } from '../engine/training/trainer';
import { Losses } from './losses';
import type { HeldOutLoss, TrainingSettings } from './protocol';

/** A model with all that belongs to it. */
export interface Model {
  state: TrainingState;
  /** Of every step that the state has taken. */
  losses: Losses;
  /** What it learns; null where its file names no data set of the page and it has not been trained since. */
  dataset: DatasetId | null;
  /** Where that is one of the user's own: its name and classes outlive it. */
  ownFacts?: OwnFacts | undefined;
  /** How it was trained last; null where it never was. */
  settings: TrainingSettings | null;
  /** Whether it learned from the pictures that data/split holds out, as models did before there was a split. */
  sawHeldOut: boolean;
  /** Loss on held-out pictures after some of the steps. */
  heldOutLosses: HeldOutLoss[];
  /** Whether its first weights came from a plain model instead of chance. */
  imported: boolean;
}

export const settingsSchema = v.object({
  batchSize: v.number(),
  learningRate: v.number(),
  emaDecay: v.number(),
  classDropout: v.optional(v.number(), 0.1),
  lossWeight: v.optional(v.pipe(v.string(), v.check(isLossWeight))),
  snrGamma: v.optional(v.pipe(v.number(), v.gtValue(0))),
  steps: v.number(),
  preview: v.object({
    count: v.number(),
    samplerSteps: v.number(),
    seed: v.number(),
  }),
});
const extraSchema = v.object({
  dataset: v.nullable(v.pipe(v.string(), v.check(isDatasetId))),
  ownFacts: v.optional(ownFactsSchema),
  settings: v.nullable(settingsSchema),
  sawHeldOut: v.optional(v.boolean(), true),
  heldOutLosses: v.optional(v.array(v.object({ step: v.number(), loss: v.number() })), []),
  imported: v.optional(v.boolean(), false),
});

/** The model as a file, with nothing left out. Until it resolves, no step may be taken. */
export function saveModel({ state, losses, ...extra }: Model): Promise<Uint8Array> {
  const { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported } = extra;
  const kept = { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported };
  return writeBundle(state, kept, losses.from(0));
}

/** The model of a file, as tensors of the current backend. Throws where the file is not of saveModel, or damaged. */
export function openModel(bundle: Uint8Array): Model {
  const checkpoint = readBundle(bundle);
  const extra = v.safeParse(extraSchema, checkpoint.training?.extra);
  if (!checkpoint.training || !extra.success)
    throw new CheckpointError('It does not say which data set it learns.');
  const { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported } = extra.output;
  return {
    state: restoreTrainingState(checkpoint),
    losses: new Losses(completeLosses(checkpoint.training)),
    dataset: dataset as DatasetId | null,
    ownFacts,
    settings,
    sawHeldOut: sawHeldOut && (imported || checkpoint.training.step > 0),
    heldOutLosses,
    imported,
  };
}

/** One loss a step; NaN for those that were not kept. */
export function completeLosses({ losses, step }: { losses: Float32Array; step: number }): Float32Array {
  if (losses.length === step) return losses;
  const complete = new Float32Array(step).fill(Number.NaN);
  const kept = losses.slice(-step);
  if (step > 0) complete.set(kept, step - kept.length);
  return complete;
}
