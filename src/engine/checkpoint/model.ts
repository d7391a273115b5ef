import { createDiffusion } from '../diffusion/diffusion';
import { objectiveOf } from '../diffusion/objectives/objectives';
import { floatsOf, type Halves } from '../halves';
import { type ModelConfig, modelConfigToJson, parseModelConfig } from '../unet/config';
import { type Dtype, floatsOfBfloats } from './dtypes';
import { type FileTensor, type WrittenTensor, writeSafetensors } from './safetensors';

/** Thrown for a sound safetensors file that is no model or no training state; the message says what is wrong. */
export class CheckpointError extends Error {
  override name = 'CheckpointError';
}

/**
 * A model file: the parameters by PyTorch's names and in its layouts, float32 or float16, the config as JSON in the
 * metadata's `config`. What `load_state_dict` of the reference takes as it is.
 */
export function writeModel(
  config: ModelConfig,
  weights: ReadonlyMap<string, WrittenTensor>,
  extraMetadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  return writeSafetensors(weights, { ...extraMetadata, ...modelMetadata(config) });
}

/** What the metadata of every file with a model hold. */
export function modelMetadata(config: ModelConfig): Record<string, string> {
  return { format: 'labml-ddpm-unet', config: JSON.stringify(modelConfigToJson(config)) };
}

/** The config in a file's metadata. Throws CheckpointError or ConfigError where there is none to build a model from. */
export function configOf(metadata: Readonly<Record<string, string>>): ModelConfig {
  if (metadata.config === undefined)
    throw new CheckpointError("The file is no model: its metadata have no 'config'.");
  const config = parseModelConfig(parseJson(metadata.config, 'config'));
  try {
    createDiffusion(config.schedule, config.nSteps);
    objectiveOf(config.objective);
  } catch (error) {
    throw new CheckpointError((error as Error).message);
  }
  return config;
}

/** JSON in an entry of the metadata. Throws CheckpointError. */
export function parseJson(text: string, entry: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CheckpointError(`The metadata's '${entry}' is not JSON.`);
  }
}

/** Whether floatData reads tensors of this dtype. */
export function holdsFloats(dtype: Dtype): boolean {
  return ['F32', 'F16', 'BF16', 'F64'].includes(dtype);
}

/** The values of a tensor of floating-point numbers. Throws CheckpointError where it holds something else. */
export function floatData(name: string, tensor: FileTensor): Float32Array {
  return floatsOf(parameterData(name, tensor));
}

/** The same, float16 as its halves. */
export function parameterData(name: string, { data, dtype }: FileTensor): Float32Array | Halves {
  switch (dtype) {
    case 'F32':
    case 'F16':
      return data as Float32Array | Halves;
    case 'BF16':
      return floatsOfBfloats(data as Uint16Array);
    case 'F64':
      return Float32Array.from(data as Float64Array);
    default:
      throw new CheckpointError(
        `The tensor '${name}' holds ${dtype}, but must hold F32, F16, BF16 or F64: floating-point numbers.`,
      );
  }
}
