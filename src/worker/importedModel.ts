import * as v from 'valibot';
import { type Checkpoint, readCheckpoint } from '../engine/checkpoint/bundle';
import { imagesIn } from '../engine/checkpoint/bundledImages';
import { type FoundModel, findModel } from '../engine/checkpoint/findModel';
import { beginningOf, readHeader } from '../engine/checkpoint/header';
import { cluesIn } from '../engine/checkpoint/inferConfig';
import { CheckpointError } from '../engine/checkpoint/model';
import { openTensorFile } from '../engine/checkpoint/openTensorFile';
import { restoreTrainingState } from '../engine/checkpoint/restore';
import { sawHeldOut } from '../engine/checkpoint/sawHeldOut';
import type { InferredConfig, MissingConfig } from '../engine/checkpoint/stateDictFile';
import { isTorchFile } from '../engine/checkpoint/torch/torchFile';
import type { DatasetFacts } from '../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId } from '../engine/data/datasets';
import { type OwnDataset, type OwnDatasetId, type OwnFacts, ownFactsSchema } from '../engine/data/ownDataset';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { withPageNames } from '../settings/runRows';
import type { TrainingSettings } from '../settings/settings';
import { type SoundSettings, soundTrainingSettings } from '../settings/soundSettings';
import { Losses } from './losses';
import type { Model } from './model';
import { modelFitProblem } from './modelFits';
import { heldOutSchema, wholeSettings } from './savedModel';

/** A file of this program, of its command line, of scale-out or of PyTorch: checked, no tensor made yet. */
export interface ModelFile {
  checkpoint: Checkpoint;
  /** Where its weights were in the file; null for a training state of this program. */
  found: FoundModel | null;
  dataset: DatasetId | null;
  /** Where it learned data of someone's own: also where that is not here, and `dataset` is null. */
  ownFacts?: OwnFacts | undefined;
  /** The images it learned, where the file has them and the page has not. */
  images: OwnDataset | null;
  /** Of its last run, as far as the file tells. */
  settings: Partial<TrainingSettings> | null;
  /** A sentence on each of its settings that cannot be used, and was left out. */
  problems: string[];
  sawHeldOut: boolean;
  heldOutLosses: { step: number; loss: number }[];
  imported: boolean;
}

/** What a file tells of its model, where it has no config; null where it has. Rejects what is no model. */
export async function inspectModelFile(file: Blob): Promise<InferredConfig | null> {
  const beginning = await beginningOf(file);
  if (!isTorchFile(beginning) && readHeader(beginning, file.size).metadata.config !== undefined) return null;
  const tensors = openTensorFile(new Uint8Array(await file.arrayBuffer()));
  const found = findModel(tensors.entries);
  return { ...found.architecture, clues: cluesIn(tensors, found) };
}

/** Reads a file of any of these kinds. Throws with a message for the user. */
export function readModelFile(
  bytes: Uint8Array,
  own: readonly OwnDatasetId[] = [],
  missing?: MissingConfig,
): ModelFile {
  const file = openTensorFile(bytes);
  const { metadata } = file;
  if (metadata.config === undefined) {
    if (!missing)
      throw new CheckpointError('It does not hold the config of its model: its image size must be told.');
    const config = checkedConfig({ ...findModel(file.entries).architecture, ...missing });
    const { checkpoint, found } = readCheckpoint(file, config);
    return { ...plain, checkpoint, found, sawHeldOut: sawHeldOut(checkpoint, metadata) };
  }
  const { checkpoint, found } = readCheckpoint(file);
  if (!checkpoint.training) {
    const learned = learnedOf(metadata.dataset, undefined, own, checkpoint.config);
    return { ...plain, ...learned, checkpoint, found, sawHeldOut: sawHeldOut(checkpoint, metadata) };
  }
  const extra = v.parse(extraSchema, checkpoint.training.extra ?? {});
  const { dataset, ownFacts, heldOutLosses, imported } = extra;
  const { settings = null, problems = [] } = settingsOf(extra) ?? {};
  const facts = ownFacts?.id === dataset ? ownFacts : undefined;
  const images = facts && !own.includes(facts.id) ? imagesIn(file, facts) : null;
  const here = images ? [...own, images.id] : own;
  return {
    checkpoint,
    found,
    ...learnedOf(dataset, facts, here, checkpoint.config),
    images,
    settings,
    problems,
    sawHeldOut: sawHeldOut(checkpoint, metadata),
    heldOutLosses,
    imported,
  };
}

/** The model of a file as tensors of the current backend; training goes on where it stood, or starts afresh from weights alone. */
export function modelOfImport(
  { checkpoint, found: _, settings, problems: __, images: ___, ...rest }: ModelFile,
  seed = 1,
): Model {
  return {
    ...rest,
    // Those of the run to come are added.
    heldOutLosses: [...rest.heldOutLosses],
    state: restoreTrainingState(checkpoint, seed),
    losses: new Losses(checkpoint.training?.losses, checkpoint.training?.step),
    settings: wholeSettings(settings),
  };
}

const plain = {
  dataset: null,
  settings: null,
  problems: [],
  heldOutLosses: [],
  imported: true,
  images: null,
};

/** Programs keep what they like in `extra`: what is not as the page knows it counts as not told. */
const record = v.record(v.string(), v.unknown());
const recordOrNull = v.fallback(v.nullish(record), null);
const extraSchema = v.fallback(
  v.object({
    dataset: v.fallback(v.nullish(v.string()), null),
    ownFacts: v.fallback(v.optional(ownFactsSchema), undefined),
    settings: recordOrNull,
    heldOutLosses: v.fallback(v.optional(heldOutSchema, []), []),
    imported: v.fallback(v.optional(v.boolean(), false), false),
    /** Of the command line's runs. */
    training: recordOrNull,
  }),
  {
    dataset: null,
    ownFacts: undefined,
    settings: null,
    heldOutLosses: [],
    imported: false,
    training: null,
  },
);

/** Of a file's last run: as the page wrote it, or the command line. Null where the file tells nothing of it. */
function settingsOf({ settings, training }: v.InferOutput<typeof extraSchema>): SoundSettings | null {
  if (settings) return soundTrainingSettings(settings);
  return training ? soundTrainingSettings(withPageNames(training)) : null;
}

function checkedConfig(config: ModelConfig): ModelConfig {
  const problem = configProblems(config)[0];
  if (problem) throw new ConfigError(problem.message);
  return config;
}

/** The data set that a file names, if it is there and the model fits it; of one's own data that is not there, the facts. */
function learnedOf(
  id: string | null | undefined,
  facts: OwnFacts | undefined,
  own: readonly OwnDatasetId[],
  config: ModelConfig,
): Pick<ModelFile, 'dataset' | 'ownFacts'> {
  const fits = (known: DatasetFacts) => modelFitProblem(config, known) === null;
  if (id && isShippedDatasetId(id) && fits(datasets[id])) return { dataset: id };
  if (!facts || !fits(facts)) return { dataset: null };
  return { dataset: own.includes(facts.id) ? facts.id : null, ownFacts: facts };
}
