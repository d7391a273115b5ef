import { type Checkpoint, readCheckpoint } from '../src/engine/checkpoint/bundle';
import { IMAGES } from '../src/engine/checkpoint/bundledImages';
import { findModel } from '../src/engine/checkpoint/findModel';
import { foundWords } from '../src/engine/checkpoint/foundWords';
import { inferConfig } from '../src/engine/checkpoint/inferConfig';
import { openTensorFile } from '../src/engine/checkpoint/openTensorFile';
import type { TensorFile } from '../src/engine/checkpoint/tensorFile';
import { ConfigError, type ModelConfig, modelConfigToJson } from '../src/engine/unet/config';
import type { StateDict } from '../src/engine/unet/weights';
import type { Context } from './command';
import { CommandError, UsageError } from './errors';
import { naming, readAs } from './files';
import { oneOf } from './numbers';

/** The kinds of files that hold models. */
export const modelFiles = 'safetensors, or of PyTorch: .pt, .pth, .ckpt, .bin';

export const modelConfigOption = {
  config: {
    value: 'FILE',
    description: 'JSON: the config, or a part of it, of a model whose file does not hold one.',
  },
} as const;

/** The options of every command that reads a model. */
export const modelOptions = {
  model: { value: 'FILE', description: `Model or training state: ${modelFiles}.`, required: true },
  weights: {
    value: 'WHICH',
    description: 'ema (the default) or raw, the weights in training, where the file has both.',
  },
  ...modelConfigOption,
} as const;

/** A model on disk, before it is put on a backend. */
export interface ModelFile {
  config: ModelConfig;
  weights: StateDict;
}

/** Reads the model and the weights that the options name. Throws UsageError or CommandError. */
export async function openModel(
  options: { model: string; weights: string | undefined; config: string | undefined },
  context: Pick<Context, 'warn'>,
  imageSize?: number,
): Promise<ModelFile> {
  const which = oneOf('weights', options.weights ?? 'ema', ['ema', 'raw']);
  const { checkpoint } = await readModelFile(options.model, context, options.config, imageSize);
  return { config: checkpoint.config, weights: which === 'ema' ? checkpoint.ema : checkpoint.weights };
}

/**
 * Reads a file with a model of any kind, and notes what it had to choose or assume. `configPath`: the config of a file that
 * holds none; `imageSize`: that of the images at hand, where nothing else tells it. Throws UsageError or CommandError.
 */
export async function readModelFile(
  path: string,
  { warn }: Pick<Context, 'warn'>,
  configPath?: string,
  imageSize?: number,
): Promise<{ checkpoint: Checkpoint; metadata: TensorFile['metadata'] }> {
  const file = await readAs(path, openTensorFile);
  const { metadata } = file;
  const hasConfig = metadata.config !== undefined;
  if (hasConfig && configPath !== undefined)
    throw new UsageError(`--config is for files without one, and ${path} has its own.`);
  const given = configPath === undefined ? {} : await readAs(configPath, parseObject);
  const inferred = hasConfig ? undefined : inferredFrom(file, path, configPath, given, imageSize);
  const { checkpoint, found } = naming(path, () => readCheckpoint(file, inferred?.config));
  const images = file.entries.get(IMAGES)?.shape[0];
  const said = [
    found && foundWords(found),
    inferred && assumedWords(inferred),
    checkpoint.training && images && `Not read: the ${images.toLocaleString('en')} images that it learned.`,
  ].filter((text) => text);
  if (said.length > 0) warn(`${path}: ${said.join(' ')}`);
  return { checkpoint, metadata };
}

/** A value that is not valid is the named config's fault. */
function inferredFrom(
  file: TensorFile,
  path: string,
  configPath: string | undefined,
  given: Record<string, unknown>,
  imageSize: number | undefined,
) {
  const found = naming(path, () => findModel(file.entries, file.others));
  try {
    return inferConfig(file, found, given, imageSize);
  } catch (error) {
    const blamed = error instanceof ConfigError ? (configPath ?? path) : path;
    throw new CommandError(`${blamed}: ${(error as Error).message}`);
  }
}

function assumedWords({ config, assumed }: ReturnType<typeof inferConfig>): string | undefined {
  if (assumed.length === 0) return undefined;
  const json = modelConfigToJson(config);
  const values = assumed.map((key) => `${key} ${json[key]}`).join(', ');
  return `Assumed, as it has no config: ${values}.`;
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error('It is not JSON.');
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new Error('The config must be a JSON object.');
}
