import * as v from 'valibot';
import { type Checkpoint, readBundle } from '../engine/checkpoint/bundle';
import { beginningOf, readHeader } from '../engine/checkpoint/header';
import { CheckpointError } from '../engine/checkpoint/model';
import { restoreTrainingState } from '../engine/checkpoint/restore';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import {
  configFromShapes,
  readStateDict,
  type ToldConfig,
  type UntoldConfig,
} from '../engine/checkpoint/stateDictFile';
import type { DatasetFacts } from '../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId } from '../engine/data/datasets';
import { type OwnDatasetId, type OwnFacts, ownFactsSchema } from '../engine/data/ownDataset';
import { isLossWeight } from '../engine/diffusion/lossWeights/lossWeights';
import { ConfigError, configProblems, type ModelConfig } from '../engine/unet/config';
import { Losses } from './losses';
import { modelFitProblem } from './modelFits';
import type { TrainingSettings } from './protocol';
import { completeLosses, type Model, settingsSchema } from './savedModel';

/** A file of this program, of its command line or of scale-out, or a state dict of the reference: checked, no tensor made yet. */
export interface ModelFile {
  checkpoint: Checkpoint;
  dataset: DatasetId | null;
  ownFacts?: OwnFacts | undefined;
  /** Of its last run, as far as the file tells. */
  settings: Partial<TrainingSettings> | null;
  sawHeldOut: boolean;
  heldOutLosses: { step: number; loss: number }[];
  imported: boolean;
}

/** What a file's shapes tell of its model, where the file has no config; null where it has. Rejects what is no model. */
export async function inspectModelFile(file: Blob): Promise<ToldConfig | null> {
  const beginning = await beginningOf(file);
  refuseTorch(beginning);
  const { entries, metadata } = readHeader(beginning, file.size);
  if (metadata.config !== undefined) return null;
  return configFromShapes(new Map(entries.map((entry) => [entry.name, entry])));
}

/** Reads a file of any of these kinds. Throws with a message for the user. */
export function readModelFile(
  bytes: Uint8Array,
  own: readonly OwnDatasetId[] = [],
  untold?: UntoldConfig,
): ModelFile {
  refuseTorch(bytes);
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.config === undefined) {
    if (!untold)
      throw new CheckpointError('It does not hold the config of its model: its picture size must be told.');
    const checkpoint = readStateDict(tensors, checkedConfig({ ...configFromShapes(tensors), ...untold }));
    return { ...plain, checkpoint, sawHeldOut: true };
  }
  const checkpoint = readBundle(bytes);
  if (!checkpoint.training) {
    const sawHeldOut = metadata.saw_held_out !== 'false';
    const learned = learnedOf(metadata.dataset, undefined, own, checkpoint.config);
    return { ...plain, ...learned, checkpoint, sawHeldOut };
  }
  const { dataset, ownFacts, sawHeldOut, heldOutLosses, imported, settings, training } = v.parse(
    extraSchema,
    checkpoint.training.extra ?? {},
  );
  return {
    checkpoint,
    ...learnedOf(dataset, ownFacts, own, checkpoint.config),
    settings: settings ?? training ?? null,
    sawHeldOut,
    heldOutLosses,
    imported,
  };
}

/** The model of a file as tensors of the current backend; training goes on where it stood, or starts afresh from weights alone. */
export function modelOfImport({ checkpoint, settings, ...rest }: ModelFile, seed = 1): Model {
  const whole = v.safeParse(settingsSchema, settings);
  return {
    ...rest,
    state: restoreTrainingState(checkpoint, seed),
    losses: new Losses(checkpoint.training ? completeLosses(checkpoint.training) : undefined),
    settings: whole.success ? whole.output : null,
  };
}

const plain = { dataset: null, settings: null, heldOutLosses: [], imported: true };

/** Programs keep what they like in `extra`: what is not as the page knows it counts as not told. */
const extraSchema = v.fallback(
  v.object({
    dataset: v.fallback(v.nullish(v.string()), null),
    ownFacts: v.fallback(v.optional(ownFactsSchema), undefined),
    settings: v.fallback(v.nullish(settingsSchema), null),
    sawHeldOut: v.fallback(v.optional(v.boolean(), true), true),
    heldOutLosses: v.fallback(v.optional(v.array(v.object({ step: v.number(), loss: v.number() })), []), []),
    imported: v.fallback(v.optional(v.boolean(), false), false),
    /** Of the command line's runs. */
    training: v.fallback(
      v.nullish(
        v.pipe(
          v.object({
            batch_size: v.number(),
            learning_rate: v.number(),
            ema_decay: v.number(),
            class_dropout: v.optional(v.number()),
            loss_weight: v.optional(v.pipe(v.string(), v.check(isLossWeight))),
            snr_gamma: v.optional(v.number()),
          }),
          v.transform((run) => ({
            batchSize: run.batch_size,
            learningRate: run.learning_rate,
            emaDecay: run.ema_decay,
            ...(run.class_dropout !== undefined && { classDropout: run.class_dropout }),
            ...(run.loss_weight !== undefined && { lossWeight: run.loss_weight }),
            ...(run.snr_gamma !== undefined && { snrGamma: run.snr_gamma }),
          })),
        ),
      ),
      null,
    ),
  }),
  {
    dataset: null,
    ownFacts: undefined,
    settings: null,
    sawHeldOut: true,
    heldOutLosses: [],
    imported: false,
    training: null,
  },
);

function refuseTorch(bytes: Uint8Array): void {
  const [a, b] = bytes;
  // What torch.save writes: a zip, or in old versions a bare pickle.
  if ((a === 0x50 && b === 0x4b) || (a === 0x80 && (b ?? 0) <= 5)) {
    throw new CheckpointError(
      'It looks like a file of torch.save, which can hold any program and is not read. In PyTorch, ' +
        "safetensors.torch.save_file(model.state_dict(), 'model.safetensors') writes one that opens here.",
    );
  }
}

function checkedConfig(config: ModelConfig): ModelConfig {
  const problem = configProblems(config)[0];
  if (problem) throw new ConfigError(problem.message);
  return config;
}

/** The data set that a file names, if it is there and the model fits it. */
function learnedOf(
  id: string | null | undefined,
  facts: OwnFacts | undefined,
  own: readonly OwnDatasetId[],
  config: ModelConfig,
): Pick<ModelFile, 'dataset' | 'ownFacts'> {
  const fits = (known: DatasetFacts) => modelFitProblem(config, known) === null;
  if (id && isShippedDatasetId(id) && fits(datasets[id])) return { dataset: id };
  if (facts && facts.id === id && own.includes(facts.id) && fits(facts))
    return { dataset: facts.id, ownFacts: facts };
  return { dataset: null };
}
