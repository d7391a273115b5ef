import { readFileSync } from 'node:fs';
import { parseModelConfig } from '../../unet/config';
import { readSafetensors } from '../safetensors';

/** A file of golden/checkpoints, which PyTorch wrote. */
export function checkpointFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../../golden/checkpoints/${name}`, import.meta.url)));
}

/** The config of the model in these files. */
export const checkpointConfig = parseModelConfig(
  JSON.parse(new TextDecoder().decode(checkpointFile('config.json'))),
);

/** Its weights, by PyTorch's names; those of the moving averages are half as large. */
export const checkpointWeights = readSafetensors(checkpointFile('plain.safetensors')).tensors;
