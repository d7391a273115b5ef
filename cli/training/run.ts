import * as v from 'valibot';
import { type Checkpoint, readBundle } from '../../src/engine/checkpoint/bundle';
import type { Dataset } from '../../src/engine/data/dataset';
import { isShippedDatasetId } from '../../src/engine/data/datasets';
import { defaultGamma, isLossWeight, lossWeights } from '../../src/engine/diffusion/lossWeights/lossWeights';
import type { TrainerSettings } from '../../src/engine/training/trainer';
import type { ModelConfig } from '../../src/engine/unet/config';
import { CommandError, UsageError } from '../errors';
import { readAs } from '../files';
import { finiteNumber, wholeNumber } from '../numbers';
import { type TrainingData, trainingData } from '../trainingData';
import { parseRunConfig, type TrainingJson } from './runConfig';

/** The options of `train` that say what is trained and how. */
export interface RunOptions {
  dataset: string | undefined;
  data: string | undefined;
  crop: string | undefined;
  steps: string | undefined;
  batch: string | undefined;
  seed: string | undefined;
  'learning-rate': string | undefined;
  'ema-decay': string | undefined;
  classes: boolean;
  'class-dropout': string | undefined;
  'loss-weight': string | undefined;
  'snr-gamma': string | undefined;
  config: string | undefined;
  resume: string | undefined;
}

/** A training run, from nothing or from a file. */
export interface TrainingRun {
  data: TrainingData;
  model: ModelConfig;
  settings: TrainerSettings;
  /** Steps that the model shall have taken in the end. */
  steps: number;
  seed: number;
  /** Whether the model learned from pictures that are held out now: before there was a split, or from a file that does not say. */
  sawHeldOut: boolean;
  /** What it goes on from. */
  checkpoint: Checkpoint | undefined;
}

/**
 * What a run is, from the most to the least specific source: the command line, the config file, the file to resume
 * from, the defaults of the data set. Throws UsageError or CommandError.
 */
export async function resolveRun(options: RunOptions): Promise<TrainingRun> {
  if (options.config !== undefined && options.resume !== undefined)
    throw new UsageError('--config and --resume exclude each other: a resumed model keeps its config.');
  if (options.classes && options.resume !== undefined)
    throw new UsageError('--classes and --resume exclude each other: a resumed model keeps its classes.');
  const checkpoint = options.resume === undefined ? undefined : await readAs(options.resume, readBundle);
  const earlier = earlierRun(checkpoint?.training?.extra);
  const data = await (options.data === undefined && options.dataset === undefined
    ? trainingData(earlier.dataset, earlier.data, options.crop ?? earlier.crop)
    : trainingData(options.dataset, options.data, options.crop));
  const { defaults } = data;
  const config =
    options.config === undefined
      ? undefined
      : await readAs(options.config, (bytes) => parseRunConfig(bytes, defaults.model));
  const described = checkpoint?.config ?? config?.model ?? defaults.model;
  const model = options.classes ? await withClasses(described, data) : described;

  const json: TrainingJson = { ...earlier.training, ...config?.training };
  const whole = (name: 'steps' | 'batch' | 'seed', minimum: number, other: number) =>
    options[name] === undefined ? other : wholeNumber(name, options[name], minimum);
  const number = <Other>(
    name: 'learning-rate' | 'ema-decay' | 'class-dropout' | 'snr-gamma',
    other: Other,
  ) => (options[name] === undefined ? other : finiteNumber(name, options[name]));
  const classDropout = number('class-dropout', json.class_dropout);
  const steps = whole('steps', 1, json.steps ?? defaults.training.steps);
  const seed = whole('seed', 0, json.seed ?? defaults.seed);
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw new CommandError(`Training steps must be a whole number of at least 1, not ${steps}.`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new CommandError(`The seed must be a whole number from 0 to ${2 ** 32 - 1}, not ${seed}.`);
  if (options['class-dropout'] !== undefined && model.nClasses === 0)
    throw new UsageError('--class-dropout is for a model with classes: add --classes.');
  const taken = checkpoint?.training?.step ?? 0;
  if (steps <= taken) {
    throw new CommandError(
      `The model has taken ${taken} steps already; --steps counts them, so take more than that.`,
    );
  }
  return {
    data,
    model,
    settings: {
      batchSize: whole('batch', 1, json.batch_size ?? defaults.training.batchSize),
      learningRate: number('learning-rate', json.learning_rate ?? defaults.training.learningRate),
      emaDecay: number('ema-decay', json.ema_decay ?? defaults.training.emaDecay),
      ...(classDropout === undefined ? {} : { classDropout }),
      lossWeight: lossWeightOf(options['loss-weight'] ?? json.loss_weight ?? 'simple'),
      snrGamma: number('snr-gamma', json.snr_gamma ?? defaultGamma),
    },
    steps,
    seed,
    sawHeldOut: checkpoint !== undefined && (earlier.sawHeldOut ?? true),
    checkpoint,
  };
}

/** What a training state keeps of its run, so that --resume needs no more than the file. */
export function runToJson({ data, settings, sawHeldOut }: TrainingRun): {
  dataset?: string;
  data?: string;
  crop?: string;
  sawHeldOut: boolean;
  training: TrainingJson;
} {
  const { batchSize, learningRate, emaDecay, classDropout, lossWeight, snrGamma } = settings;
  return {
    ...(isShippedDatasetId(data.name) ? { dataset: data.name } : { data: data.name }),
    ...(data.crop === undefined ? {} : { crop: data.crop }),
    sawHeldOut,
    training: {
      batch_size: batchSize,
      learning_rate: learningRate,
      ema_decay: emaDecay,
      ...(lossWeight === undefined ? {} : { loss_weight: lossWeight }),
      ...(snrGamma === undefined ? {} : { snr_gamma: snrGamma }),
      ...(classDropout === undefined ? {} : { class_dropout: classDropout }),
    },
  };
}

const keptRun = v.object({
  dataset: v.optional(v.string()),
  data: v.optional(v.string()),
  crop: v.optional(v.string()),
  sawHeldOut: v.optional(v.boolean()),
  training: v.optional(
    v.object({
      batch_size: v.optional(v.number()),
      learning_rate: v.optional(v.number()),
      ema_decay: v.optional(v.number()),
      loss_weight: v.optional(v.string()),
      snr_gamma: v.optional(v.number()),
      class_dropout: v.optional(v.number()),
    }),
    {},
  ),
});

/** Files of other programs keep something else, or nothing: then the options and defaults decide. */
export function earlierRun(extra: unknown): {
  dataset?: string | undefined;
  data?: string | undefined;
  crop?: string | undefined;
  sawHeldOut?: boolean | undefined;
  training: TrainingJson;
} {
  const result = v.safeParse(keptRun, extra);
  return result.success
    ? { ...result.output, training: result.output.training as TrainingJson }
    : { training: {} };
}

/** Throws UsageError for an id that is not in the table. */
function lossWeightOf(id: string): string {
  if (isLossWeight(id)) return id;
  throw new UsageError(`There is no loss weight '${id}'; there are: ${Object.keys(lossWeights).join(', ')}.`);
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
async function withClasses(model: ModelConfig, data: TrainingData): Promise<ModelConfig> {
  const { classNames } = await data.load(model);
  if (classNames.length < 2)
    throw new CommandError(`'${data.name}' has no classes to learn: leave out --classes.`);
  return { ...model, nClasses: classNames.length };
}
