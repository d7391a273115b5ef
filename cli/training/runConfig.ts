import { type ModelConfig, modelConfigToJson, parseModelConfig } from '../../src/engine/unet/config';

/** Options of training that a config file may set; the command line overrides them. */
const trainingKeys = [
  'batch_size',
  'learning_rate',
  'ema_decay',
  'class_dropout',
  'snr_gamma',
  'steps',
  'seed',
] as const;

export type TrainingJson = Partial<Record<(typeof trainingKeys)[number], number>> & { loss_weight?: string };

export interface RunConfig {
  /** None where the file says nothing about the model. */
  model: ModelConfig | undefined;
  training: TrainingJson;
}

/**
 * Reads a config file: the model's config as in the metadata of a model file, image_size and image_channels being those
 * of `picture` where they are left out, and beside it `training`, an object of training options. Throws Error.
 */
export function parseRunConfig(
  bytes: Uint8Array,
  picture: Pick<ModelConfig, 'imageSize' | 'imageChannels'>,
): RunConfig {
  const { training = {}, ...model } = objectOf(parseJson(bytes), 'The file');
  const options = objectOf(training, "'training'");
  refuseUnknown(Object.keys(options), [...trainingKeys, 'loss_weight'], "'training'");
  for (const [key, value] of Object.entries(options)) {
    const type = key === 'loss_weight' ? 'string' : 'number';
    if (typeof value !== type) throw new Error(`training.${key} must be a ${type}.`);
  }
  if (Object.keys(model).length === 0) return { model: undefined, training: options };
  const fromData = { image_size: picture.imageSize, image_channels: picture.imageChannels };
  const config = parseModelConfig({ ...fromData, ...model });
  refuseUnknown(Object.keys(model), Object.keys(modelConfigToJson(config)), 'The config');
  return { model: config, training: options };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`It is not JSON: ${(error as Error).message}`);
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> & TrainingJson {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as never;
  throw new Error(`${what} must be a JSON object.`);
}

/** A misspelt option would otherwise be passed over in silence. */
function refuseUnknown(given: string[], known: readonly string[], what: string): void {
  const unknown = given.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Error(`${what} has the option '${unknown}', which is unknown; there are: ${known.join(', ')}.`);
}
