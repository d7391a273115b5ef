import * as v from 'valibot';
import { floatsOf } from '../halves';
import type { RandomState } from '../training/random';
import type { TrainingState } from '../training/trainer';
import type { ModelConfig } from '../unet/config';
import { checkStateDict, type StateDict, StateDictError, stateDictOf } from '../unet/weights';
import { CheckpointError, configOf, floatData, modelMetadata, parameterData, parseJson } from './model';
import { type FileTensor, readSafetensors, writeSafetensors } from './safetensors';

/**
 * The parts of a bundle and the prefix of their tensors' names. The weights in training have PyTorch's plain names, so
 * that the bundle opens as a model that goes on where it stood; what samples best is the EMA, under `ema.`.
 */
const prefixes = { weights: '', ema: 'ema.', m: 'adam.m.', v: 'adam.v.' } as const;
const LOSSES = 'history.loss';

/** All that a file knows of a model, as plain arrays: no tensor of a backend is made yet. */
export interface Checkpoint {
  config: ModelConfig;
  /** The weights in training. */
  weights: StateDict;
  /** Their moving average; a plain model file has only one set, which serves as both. */
  ema: StateDict;
  /** What training goes on from; none in a plain model file. */
  training: CheckpointTraining | undefined;
}

export interface CheckpointTraining {
  /** Adam's first and second moments. */
  m: StateDict;
  v: StateDict;
  random: RandomState;
  /** Steps taken so far. */
  step: number;
  /** The loss of past steps, as far as it was kept. */
  losses: Float32Array;
  /** Whatever else the program that saved it wants back: JSON. */
  extra: unknown;
}

const word = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));
const trainingMetadata = v.object({
  version: v.literal(1, 'it was written by a later version of this program'),
  step: v.pipe(v.number(), v.safeInteger('step must be a whole number'), v.minValue(0, 'step is negative')),
  // Of all states, xoshiro never leaves that of four zeros.
  random: v.pipe(
    v.tuple([word, word, word, word], 'random must hold four words'),
    v.check((words) => words.some((value) => value !== 0), 'random is all zeros'),
  ),
  extra: v.unknown(),
});

/**
 * A file from which training goes on exactly as if it had never stopped: weights, EMA, Adam's moments, random state and
 * step. `extra` is JSON of the caller's own. Until it resolves, no step may be taken.
 */
export async function writeBundle(
  state: TrainingState,
  extra: unknown = null,
  losses: Float32Array = new Float32Array(),
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors: StateDict = new Map();
  for (const [part, prefix] of Object.entries(prefixes)) {
    const dict = await stateDictOf(state.config, state[part as keyof typeof prefixes]);
    for (const [name, tensor] of dict) tensors.set(prefix + name, tensor);
  }
  tensors.set(LOSSES, { shape: [losses.length], data: losses });
  const training = { version: 1, step: state.step, random: state.random.state.words, extra };
  return writeSafetensors(tensors, { ...modelMetadata(state.config), training: JSON.stringify(training) });
}

/**
 * Reads a bundle, or a plain model file. All is checked against the config: names, shapes, finite values.
 * Throws SafetensorsError, ConfigError, StateDictError or CheckpointError, each with a message for the user.
 */
export function readBundle(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  const config = configOf(metadata);
  if (metadata.training === undefined) {
    const weights = checkedPart(config, tensors, '');
    return { config, weights, ema: weights, training: undefined };
  }
  const result = v.safeParse(trainingMetadata, parseJson(metadata.training, 'training'));
  if (!result.success) {
    throw new CheckpointError(`The training state in the file is not valid: ${result.issues[0].message}.`);
  }
  const losses = tensors.get(LOSSES);
  tensors.delete(LOSSES);
  const parts = splitByPrefix(tensors);
  const part = (name: keyof typeof prefixes) => checkedPart(config, parts[name], prefixes[name]);
  const training = {
    m: part('m'),
    v: part('v'),
    random: { words: result.output.random },
    step: result.output.step,
    losses: losses ? floatData(LOSSES, losses) : new Float32Array(),
    extra: result.output.extra,
  };
  for (const [name, { data }] of training.v) {
    if (floatsOf(data).some((value) => value < 0))
      throw new CheckpointError(`The second moment '${prefixes.v}${name}' is negative.`);
  }
  return { config, weights: part('weights'), ema: part('ema'), training };
}

type Tensors = Map<string, FileTensor>;

/** Each part's tensors by their plain names. */
function splitByPrefix(tensors: Tensors): Record<keyof typeof prefixes, Tensors> {
  const parts = { weights: new Map(), ema: new Map(), m: new Map(), v: new Map() };
  const prefixed = (['ema', 'm', 'v'] as const).map((part) => [part, prefixes[part]] as const);
  for (const [name, tensor] of tensors) {
    const [part, prefix] = prefixed.find(([, start]) => name.startsWith(start)) ?? ['weights', ''];
    parts[part].set(name.slice(prefix.length), tensor);
  }
  return parts;
}

function checkedPart(config: ModelConfig, tensors: Tensors, prefix: string): StateDict {
  const dict: StateDict = new Map();
  for (const [name, tensor] of tensors)
    dict.set(name, { shape: tensor.shape, data: parameterData(prefix + name, tensor) });
  try {
    checkStateDict(config, dict);
  } catch (error) {
    if (!(error instanceof StateDictError) || prefix === '') throw error;
    throw new StateDictError(`Of the tensors '${prefix}…': ${error.message}`);
  }
  return dict;
}
