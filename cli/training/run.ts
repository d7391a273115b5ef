import * as v from 'valibot';
import type { Checkpoint } from '../../src/engine/checkpoint/checkpoint';
import { sawHeldOut } from '../../src/engine/checkpoint/sawHeldOut';
import type { Dataset } from '../../src/engine/data/dataset';
import { isShippedDatasetId } from '../../src/engine/data/datasets';
import { MOST_CLASSES } from '../../src/engine/data/import/buildImages';
import { isOwnDatasetId } from '../../src/engine/data/ownDataset';
import { splitOf } from '../../src/engine/data/split';
import { objectiveOf } from '../../src/engine/diffusion/objectives/objectives';
import type { TrainerSettings } from '../../src/engine/training/trainer';
import { configProblems, type ModelConfig } from '../../src/engine/unet/config';
import { trainingGroup } from '../../src/settings/groups/training';
import { type RunValues, runDefaults, runFromFile, runRows, runToFile } from '../../src/settings/runRows';
import type { Context } from '../command';
import { foundPlace, keptPlace, movedPlace } from '../dataPlace';
import { CommandError, UsageError } from '../errors';
import { readAs } from '../files';
import { readModelFile } from '../model';
import { givenSettings } from '../settingOptions';
import { type DataOptions, type TrainingData, trainingData } from '../trainingData';
import { parseRunConfig, parseTrainingOptions } from './runConfig';

const { batchSize, ...otherRows } = runRows;

/** The settings that `train` has options for. */
export const trainRows = {
  ...otherRows,
  batch: batchSize,
  objective: trainingGroup.rows['model.objective'],
  learnedVariance: trainingGroup.rows['model.learnedVariance'],
};

/** The options of `train` that say what is trained and how. */
export interface RunOptions extends DataOptions, Readonly<Record<string, unknown>> {
  classes: boolean;
  config: string | undefined;
  resume: string | undefined;
}

/** A training run, from nothing or from a file. */
export interface TrainingRun {
  data: TrainingData;
  /** The images of the data, at the shape of the model. */
  dataset: Dataset;
  model: ModelConfig;
  settings: TrainerSettings;
  /** Steps that the model shall have taken in the end. */
  steps: number;
  seed: number;
  /** Whether the model learned from images that are held out now: before there was a split, or from a file that does not say. */
  sawHeldOut: boolean;
  /** What it goes on from. */
  checkpoint: Checkpoint | undefined;
}

/**
 * What a run is, from the most to the least specific source: the command line, the config file, the file to resume
 * from, the defaults of the data set. Throws UsageError or CommandError.
 */
export async function resolveRun(options: RunOptions, context: Pick<Context, 'warn'>): Promise<TrainingRun> {
  if (options.classes && options.resume !== undefined)
    throw new UsageError('--classes and --resume exclude each other: a resumed model keeps its classes.');
  const { batch, objective, learnedVariance, ...chosen } = givenSettings(trainRows, options);
  if (learnedVariance && options.resume !== undefined)
    throw new UsageError(
      '--learned-variance and --resume exclude each other: a model keeps the outputs that it has.',
    );
  const isNamed = options.data !== undefined || options.dataset !== undefined;
  const named = isNamed ? await trainingData(options) : undefined;
  const resumed =
    options.resume === undefined
      ? undefined
      : await readModelFile(
          options.resume,
          context,
          options.config,
          (await named?.defaults())?.model.imageSize,
        );
  const earlier = earlierRun(resumed?.checkpoint.training?.extra);
  const checkpoint = resumed && withObjective(resumed.checkpoint, objective);
  const data = named ?? (await keptData(earlier, options, options.resume ?? ''));
  const defaults = await data.defaults(checkpoint?.config);
  const config =
    options.config === undefined
      ? undefined
      : await readAs(options.config, (bytes) =>
          checkpoint ? parseTrainingOptions(bytes) : parseRunConfig(bytes, defaults.model),
        );
  const begun = config?.model ?? defaults.model;
  const described =
    checkpoint?.config ??
    modelWithObjective(learnedVariance ? { ...begun, learnedVariance } : begun, objective);
  const dataset = await data.load(described);
  const model = options.classes ? withClasses(described, data.name, dataset) : described;
  checkClasses(model, data.name, dataset);

  const { preview: _, ...ofData } = defaults.training;
  const values: RunValues = {
    ...{ ...runDefaults, ...ofData, seed: defaults.seed },
    batchSize: Math.min(ofData.batchSize, splitOf(dataset).training.count),
    ...{ ...earlier.training, ...config?.training, ...chosen },
    ...(batch !== undefined && { batchSize: batch }),
  };
  const { steps, seed, ...settings } = values;
  if (chosen.classDropout !== undefined && model.nClasses === 0)
    throw new UsageError('--class-dropout is for a model with classes: add --classes.');
  const taken = checkpoint?.training?.step ?? 0;
  if (steps <= taken) {
    throw new CommandError(
      `The model has taken ${taken} steps already; --steps counts them, so take more than that.`,
    );
  }
  return {
    data,
    dataset,
    model,
    settings,
    steps,
    seed,
    sawHeldOut: resumed !== undefined && sawHeldOut(resumed.checkpoint, resumed.metadata),
    checkpoint,
  };
}

/** The data that a file says it learned, read as it was, unless the options say otherwise. Throws UsageError or CommandError. */
export async function keptData(
  { dataset, data, crop, limit }: KeptData,
  options: Pick<DataOptions, 'crop' | 'limit'>,
  file: string,
): Promise<TrainingData> {
  if (data === undefined && dataset !== undefined && isOwnDatasetId(dataset))
    throw new CommandError(
      `${file} learned images that someone added to the page: give the same images with --data PATH.`,
    );
  return trainingData({
    dataset,
    data: data === undefined ? undefined : await foundPlace(data, file),
    crop: options.crop ?? crop,
    limit: options.limit ?? limit,
  });
}

/** What a file says of the data that it learned. */
export type KeptData = DataOptions;

/** A file says what it learned; earlier ones gave the path of images of one's own as their data set. */
export function keptIn(
  { training }: Pick<Checkpoint, 'training'>,
  metadata: Readonly<Record<string, string>>,
): KeptData {
  const { dataset, data, crop, limit }: KeptData = training ? earlierRun(training.extra) : metadata;
  const isPath =
    data === undefined && dataset !== undefined && !isShippedDatasetId(dataset) && !isOwnDatasetId(dataset);
  return isPath ? { data: dataset, crop, limit } : { dataset, data, crop, limit };
}

/** What a file to be written says of its data. */
export function dataFacts({ name, own }: TrainingData, file: string): Record<string, string> {
  if (!own) return { dataset: name };
  const { crop, limit } = own;
  return { data: keptPlace(name, file), crop, ...(limit === undefined ? {} : { limit: String(limit) }) };
}

/** The same for a file that is made of another one: its data is named from where it will lie. */
export async function movedFacts(kept: KeptData, from: string, to: string): Promise<Record<string, string>> {
  const { dataset, data, crop, limit } = kept;
  const place = data === undefined ? undefined : await movedPlace(data, from, to);
  const facts = { dataset, data: place, crop, limit };
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What a training state keeps of its run, so that --resume needs no more than the file. */
export function runToJson({ data, settings, sawHeldOut: saw }: TrainingRun, file: string) {
  return { ...dataFacts(data, file), sawHeldOut: saw, training: runToFile(settings) };
}

const keptRun = v.object({
  dataset: v.optional(v.string()),
  data: v.optional(v.string()),
  crop: v.optional(v.string()),
  limit: v.optional(v.string()),
  training: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** Files of other programs keep something else, or nothing: then the options and defaults decide. */
export function earlierRun(extra: unknown): KeptData & { training: Partial<RunValues> } {
  const result = v.safeParse(keptRun, extra);
  if (!result.success) return { training: {} };
  return { ...result.output, training: runFromFile(result.output.training).values };
}

/** A model that predicts something else, with the schedule that it brings where a flow becomes a diffusion or back. */
function modelWithObjective(model: ModelConfig, objective: string | undefined): ModelConfig {
  if (objective === undefined || objective === model.objective) return model;
  const { input, schedule } = objectiveOf(objective);
  const changed = {
    ...model,
    objective,
    ...(input === objectiveOf(model.objective).input ? {} : { schedule }),
  };
  const problem = configProblems(changed)[0];
  if (problem) throw new UsageError(`--objective ${objective}: ${problem.message}`);
  return changed;
}

/** What a file holds for another objective: its averaged weights, from which a new run starts at step 0. */
function withObjective(checkpoint: Checkpoint, objective: string | undefined): Checkpoint {
  const config = modelWithObjective(checkpoint.config, objective);
  if (config === checkpoint.config) return checkpoint;
  return { config, weights: checkpoint.ema, ema: checkpoint.ema, training: undefined };
}

/** Throws CommandError where a conditional model has not the classes of the data. */
export function checkClasses({ nClasses }: ModelConfig, name: string, { classNames }: Dataset): void {
  if (nClasses !== 0 && nClasses !== classNames.length) {
    throw new CommandError(
      `The model has n_classes ${nClasses}, but '${name}' has ${classNames.length} classes: take that, or 0 for none.`,
    );
  }
}

/** The model told the classes of the data. Throws CommandError where there are none to tell. */
function withClasses(model: ModelConfig, name: string, { classNames }: Dataset): ModelConfig {
  if (classNames.length < 2)
    throw new CommandError(
      `'${name}' has no classes to learn, or more than ${MOST_CLASSES}: leave out --classes.`,
    );
  return { ...model, nClasses: classNames.length };
}
