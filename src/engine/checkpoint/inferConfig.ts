import { objectives } from '../diffusion/objectives/objectives';
import { isSchedule, schedules } from '../diffusion/schedules/schedules';
import { isConfigValue, type ModelConfig, modelConfigToJson, parseModelConfig } from '../unet/config';
import type { FoundModel } from './findModel';
import { CheckpointError, floatData, holdsFloats } from './model';
import type { FileTensor } from './safetensors';
import type { MissingConfig } from './stateDictFile';
import type { TensorFile } from './tensorFile';

/** What no shape tells, by its key in JSON. */
const missing = {
  image_size: 'imageSize',
  n_steps: 'nSteps',
  n_groups: 'nGroups',
  n_final_groups: 'nFinalGroups',
  dropout: 'dropout',
  schedule: 'schedule',
  objective: 'objective',
} as const satisfies Record<string, keyof MissingConfig>;
type MissingKey = keyof typeof missing;

/** Dicts in which training programs keep the options of a model. */
const optionDicts = new Set(['args', 'cfg', 'config', 'hparams', 'hyper_parameters', 'model_config']);
/** β of two programs may differ by their rounding, to bfloat16 at most. */
const BETA_TOLERANCE = 2 ** -7;

/**
 * What a file without a config says of its model beside the shapes: in the options that a checkpoint keeps, and in the
 * `betas` that a diffusion wrapper keeps beside its network.
 */
export function cluesIn(file: TensorFile, { prefix }: Pick<FoundModel, 'prefix'>): Partial<MissingConfig> {
  const clues: Record<string, unknown> = {};
  for (const [name, value] of file.values) {
    const parts = name.split('.');
    const key = parts.pop() as MissingKey;
    if (parts.some((part) => optionDicts.has(part)) && Object.hasOwn(missing, key) && isPossible(key, value))
      clues[missing[key]] ??= value;
  }
  return { ...clues, ...fromBetas(file, prefix) };
}

function isPossible(key: MissingKey, value: unknown): boolean {
  if (key === 'schedule') return typeof value === 'string' && isSchedule(value);
  if (key === 'objective') return typeof value === 'string' && Object.hasOwn(objectives, value);
  return isConfigValue(key, value);
}

/** T, and the schedule where it is one of the table. */
function fromBetas(file: TensorFile, prefix: string): Partial<MissingConfig> {
  for (const [name, { shape, dtype }] of file.entries) {
    const at = name.lastIndexOf('.') + 1;
    const isBetas = name.slice(at) === 'betas' && prefix.startsWith(name.slice(0, at));
    const [nSteps = 0] = shape;
    if (!isBetas || shape.length !== 1 || !holdsFloats(dtype) || !isConfigValue('n_steps', nSteps)) continue;
    const betas = floatData(name, file.read([name]).get(name) as FileTensor);
    const found = Object.entries(schedules).find(([, { betas: of }]) =>
      of(nSteps).every((beta, t) => Math.abs((betas[t] as number) - beta) <= BETA_TOLERANCE * beta),
    );
    return { nSteps, ...(found && { schedule: found[0] }) };
  }
  return {};
}

/** What most models have of what shapes do not tell: the reference's values, and as many groups as the channels allow. */
export function defaultConfig(nChannels: number): Omit<MissingConfig, 'imageSize'> {
  return {
    nSteps: 1000,
    nGroups: groupsOf(nChannels, 32),
    nFinalGroups: groupsOf(nChannels, 8),
    dropout: 0.1,
    schedule: 'linear',
    objective: 'epsilon',
  };
}

/** The reference's number, or where the channels do not allow it the next smaller power of 2. */
function groupsOf(channels: number, wanted: number): number {
  let groups = wanted;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}

/**
 * The config of a file that holds none: from `given`, the JSON of a config or of a part of it, else from what the file
 * says, else (`assumed`: the keys) the reference's values. `imageSize`: that of the images at hand, where nothing else tells
 * it. Throws CheckpointError without any, or ConfigError.
 */
export function inferConfig(
  file: TensorFile,
  found: FoundModel,
  given: Readonly<Record<string, unknown>> = {},
  imageSize?: number,
): { config: ModelConfig; assumed: string[] } {
  const clues = { ...(imageSize !== undefined && { imageSize }), ...cluesIn(file, found) };
  if (clues.imageSize === undefined && given.image_size === undefined) {
    throw new CheckpointError(
      'It does not hold the config of its model, nor the size of its images: ' +
        'name a config with --config FILE; {"image_size": 28} will do.',
    );
  }
  const likely = {
    ...found.architecture,
    ...defaultConfig(found.architecture.nChannels),
    imageSize: 0,
    ...clues,
  };
  const assumed = Object.entries(missing).flatMap(([key, field]) =>
    clues[field] === undefined && given[key] === undefined ? [key] : [],
  );
  return { config: parseModelConfig({ ...modelConfigToJson(likely), ...given }), assumed };
}
