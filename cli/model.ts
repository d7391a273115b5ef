import { type Checkpoint, readBundle } from '../src/engine/checkpoint/bundle';
import type { ModelConfig } from '../src/engine/unet/config';
import type { StateDict } from '../src/engine/unet/weights';
import { readAs } from './files';
import { oneOf } from './numbers';

/** The options of every command that reads a model. */
export const modelOptions = {
  model: { value: 'FILE', description: 'Model or training state, safetensors.', required: true },
  weights: {
    value: 'WHICH',
    description: 'Of a training state: ema (the default) or raw, the weights in training.',
  },
} as const;

/** A model on disk, before it is put on a backend. */
export interface ModelFile {
  config: ModelConfig;
  weights: StateDict;
}

/** Reads the model and the weights that the options name. Throws UsageError or CommandError. */
export async function openModel(options: { model: string; weights: string | undefined }): Promise<ModelFile> {
  const which = oneOf('weights', options.weights ?? 'ema', ['ema', 'raw']);
  const { config, weights, ema }: Checkpoint = await readAs(options.model, readBundle);
  return { config, weights: which === 'ema' ? ema : weights };
}
