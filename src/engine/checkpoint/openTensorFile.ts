import { readHeader, type TensorEntry } from './header';
import { readEntry } from './safetensors';
import type { TensorFile } from './tensorFile';
import { isTorchFile, openTorchFile } from './torch/torchFile';

/** Opens a safetensors file or one of torch.save. Throws SafetensorsError or TorchFileError. */
export function openTensorFile(bytes: Uint8Array): TensorFile {
  if (isTorchFile(bytes)) return openTorchFile(bytes);
  const { entries, metadata } = readHeader(bytes);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    format: 'safetensors',
    entries: byName,
    metadata,
    others: [],
    values: new Map(),
    read: (names) =>
      new Map(Array.from(names, (name) => [name, readEntry(bytes, byName.get(name) as TensorEntry)])),
  };
}
