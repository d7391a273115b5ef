import * as v from 'valibot';
import { CheckpointError } from '../engine/checkpoint/model';
import { restoreTrainingState } from '../engine/checkpoint/restore';
import { type DatasetId, isDatasetId } from '../engine/data/datasets';
import { ownFactsSchema } from '../engine/data/ownDataset';
import { trainingSchemas } from '../settings/groups/training';
import type { TrainingSettings } from '../settings/settings';
import { soundTrainingSettings } from '../settings/soundSettings';
import { readAutosave, writeAutosave } from './autosaveFile';
import { Losses } from './losses';
import type { Model } from './model';

/** All entries of a run's settings, each as the page's controls would take it; else null. */
export function wholeSettings(stored: unknown): TrainingSettings | null {
  const result = v.safeParse(trainingSchemas.training, stored);
  if (!result.success) return null;
  return soundTrainingSettings({ ...result.output }).problems.length === 0 ? result.output : null;
}

/** Measured losses up to a step, as far as they can be shown. */
export const heldOutSchema = v.array(
  v.object({
    step: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    loss: v.pipe(v.number(), v.finite()),
  }),
);
const extraSchema = v.object({
  dataset: v.nullable(v.pipe(v.string(), v.check(isDatasetId))),
  ownFacts: v.optional(ownFactsSchema),
  settings: v.pipe(v.unknown(), v.transform(wholeSettings)),
  sawHeldOut: v.optional(v.boolean(), true),
  heldOutLosses: v.fallback(v.optional(heldOutSchema, []), []),
  imported: v.optional(v.boolean(), false),
});

/** The model as a file, with nothing left out. Until it resolves, no step may be taken. */
export function saveModel({ state, losses, ...extra }: Model): Promise<Uint8Array> {
  const { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported } = extra;
  const kept = { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported };
  return writeAutosave(state, kept, losses.from(0));
}

/** The model of a file, as tensors of the current backend. Throws where the file is not of saveModel, or damaged. */
export function openModel(bundle: Uint8Array): Model {
  const checkpoint = readAutosave(bundle);
  const extra = v.safeParse(extraSchema, checkpoint.training?.extra);
  if (!checkpoint.training || !extra.success)
    throw new CheckpointError('It does not say which data set it learns.');
  const { dataset, ownFacts, settings, sawHeldOut, heldOutLosses, imported } = extra.output;
  return {
    state: restoreTrainingState(checkpoint),
    losses: new Losses(checkpoint.training.losses, checkpoint.training.step),
    dataset: dataset as DatasetId | null,
    ownFacts,
    settings,
    sawHeldOut: sawHeldOut && (imported || checkpoint.training.step > 0),
    heldOutLosses: [...heldOutLosses],
    imported,
  };
}
