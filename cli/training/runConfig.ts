import { type ModelConfig, modelConfigToJson, parseModelConfig } from '../../src/engine/unet/config';
import { type RunValues, runFromFile, runNamesInFile } from '../../src/settings/runRows';

export interface RunConfig {
  /** None where the file says nothing about the model. */
  model: ModelConfig | undefined;
  /** The settings of the run that it names. */
  training: Partial<RunValues>;
}

/**
 * Reads a config file: the model's config as in the metadata of a model file, image_size and image_channels being those
 * of `image` where they are left out, and beside it `training`, an object of training options. Throws Error.
 */
export function parseRunConfig(
  bytes: Uint8Array,
  image: Pick<ModelConfig, 'imageSize' | 'imageChannels'>,
): RunConfig {
  const { training = {}, ...model } = objectOf(parseJson(bytes), 'The file');
  const options = checkedOptions(training);
  if (Object.keys(model).length === 0) return { model: undefined, training: options };
  const fromData = { image_size: image.imageSize, image_channels: image.imageChannels };
  const config = parseModelConfig({ ...fromData, ...model });
  refuseUnknown(Object.keys(model), Object.keys(modelConfigToJson(config)), 'The config');
  return { model: config, training: options };
}

/** Reads of a config file the training options alone: the model has a config already. Throws Error. */
export function parseTrainingOptions(bytes: Uint8Array): RunConfig {
  const { training = {} } = objectOf(parseJson(bytes), 'The file');
  return { model: undefined, training: checkedOptions(training) };
}

function checkedOptions(training: unknown): Partial<RunValues> {
  const options = objectOf(training, "'training'");
  refuseUnknown(Object.keys(options), runNamesInFile, "'training'");
  const { values, problems } = runFromFile(options);
  if (problems[0] !== undefined) throw new Error(problems[0]);
  return values;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`It is not JSON: ${(error as Error).message}`);
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as never;
  throw new Error(`${what} must be a JSON object.`);
}

/** A misspelt option would otherwise be passed over in silence. */
function refuseUnknown(given: string[], known: readonly string[], what: string): void {
  const unknown = given.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Error(`${what} has the option '${unknown}', which is unknown; there are: ${known.join(', ')}.`);
}
