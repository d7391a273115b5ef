import * as v from 'valibot';
import { floatsOf } from '../halves';
import type { TrainingState } from '../training/trainer';
import type { ModelConfig } from '../unet/config';
import { checkStateDict, type StateDict, StateDictError, stateDictOf } from '../unet/weights';
import { IMAGES, LABELS } from './bundledImages';
import type { Checkpoint } from './checkpoint';
import { type FoundModel, findModel } from './findModel';
import { CheckpointError, configOf, floatData, modelMetadata, parameterData, parseJson } from './model';
import { openTensorFile } from './openTensorFile';
import { type FileTensor, writeSafetensors } from './safetensors';
import type { TensorFile } from './tensorFile';

export type { Checkpoint };

/**
 * The parts of a bundle and the prefix of their tensors' names. The weights in training have PyTorch's plain names, so
 * that the bundle opens as a model that goes on where it stood; what samples best is the EMA, under `ema.`.
 */
export const bundleParts = { weights: '', ema: 'ema.', m: 'adam.m.', v: 'adam.v.' } as const;
/** The tensor of past losses. */
export const LOSSES = 'history.loss';

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
  for (const [part, prefix] of Object.entries(bundleParts)) {
    const dict = await stateDictOf(state.config, state[part as keyof typeof bundleParts]);
    for (const [name, tensor] of dict) tensors.set(prefix + name, tensor);
  }
  tensors.set(LOSSES, { shape: [losses.length], data: losses });
  return writeSafetensors(tensors, bundleMetadata(state, extra));
}

/** The metadata of a bundle. */
export function bundleMetadata(
  { config, step, random }: Pick<TrainingState, 'config' | 'step' | 'random'>,
  extra: unknown,
): Record<string, string> {
  const training = { version: 1, step, random: random.state.words, extra };
  return { ...modelMetadata(config), training: JSON.stringify(training) };
}

/** Reads a bundle, or any file of a model that holds its config. Throws as readCheckpoint does. */
export function readBundle(bytes: Uint8Array): Checkpoint {
  return readCheckpoint(openTensorFile(bytes)).checkpoint;
}

/**
 * Reads a bundle, or the weights of a model. All is checked against the config: names, shapes, finite values. `given`: the
 * config of a file that does not hold one. `found` says where weights were that stand alone.
 * Throws SafetensorsError, TorchFileError, ConfigError, StateDictError or CheckpointError, each with a message for the user.
 */
export function readCheckpoint(
  file: TensorFile,
  given?: ModelConfig,
): { checkpoint: Checkpoint; found: FoundModel | null } {
  const { metadata } = file;
  const config = metadata.config === undefined && given ? given : configOf(metadata);
  if (metadata.training !== undefined)
    return { checkpoint: trainingStateOf(file, metadata.training, config), found: null };
  const found = findModel(file.entries, file.others, config);
  const weightsUnder = (prefix: string) => {
    const tensors = file.read(found.names.map((name) => prefix + name));
    return checkedPart(
      config,
      new Map([...tensors].map(([name, t]) => [name.slice(prefix.length), t])),
      prefix,
    );
  };
  const ema = weightsUnder(found.prefix);
  const weights = found.rawPrefix === found.prefix ? ema : weightsUnder(found.rawPrefix);
  return { checkpoint: { config, weights, ema, training: undefined }, found };
}

function trainingStateOf(file: TensorFile, text: string, config: ModelConfig): Checkpoint {
  const result = v.safeParse(trainingMetadata, parseJson(text, 'training'));
  if (!result.success) {
    throw new CheckpointError(`The training state in the file is not valid: ${result.issues[0].message}.`);
  }
  const names = [...file.entries.keys()].filter((name) => name !== IMAGES && name !== LABELS);
  const tensors = file.read(names);
  const losses = tensors.get(LOSSES);
  tensors.delete(LOSSES);
  const parts = splitByPrefix(tensors);
  const part = (name: keyof typeof bundleParts) => checkedPart(config, parts[name], bundleParts[name]);
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
      throw new CheckpointError(`The second moment '${bundleParts.v}${name}' is negative.`);
  }
  return { config, weights: part('weights'), ema: part('ema'), training };
}

type Tensors = Map<string, FileTensor>;

/** Each part's tensors by their plain names. */
function splitByPrefix(tensors: Tensors): Record<keyof typeof bundleParts, Tensors> {
  const parts = { weights: new Map(), ema: new Map(), m: new Map(), v: new Map() };
  const prefixed = (['ema', 'm', 'v'] as const).map((part) => [part, bundleParts[part]] as const);
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
