import { quoted } from '../header';
import type { FileTensor } from '../safetensors';
import type { TensorFile } from '../tensorFile';
import { collectTensors } from './collectTensors';
import { findGlobal, loadStorage, type Storage, type TensorView } from './globals';
import { isPickle, readLegacyTorch } from './legacyTorch';
import { type PickleValue, TorchFileError } from './pickleValues';
import { checkView, elementCount, elementSize, readView } from './stridedTensor';
import type { TorchContents } from './torchContents';
import { isZip, readTorchZip } from './torchZip';

/** Bytes that tensors may take beyond those of their storages: they may overlap. */
const OVERLAP = 64 * 2 ** 20;
const MOST_BYTES = 4 * 2 ** 30;

/** Whether a file begins as those of torch.save do, as zip archives and pickles. */
export function isTorchFile(bytes: Uint8Array): boolean {
  return isZip(bytes) || isPickle(bytes);
}

/**
 * Opens a file of torch.save (.pt, .pth, .ckpt, .bin), as a zip archive or in the older form. Such a file is a program for
 * Python; of it only the few operations and names of a state dict are known here, and nothing in it is run. Throws
 * TorchFileError.
 */
export function openTorchFile(bytes: Uint8Array): TensorFile {
  const storages = new Map<string, Storage>();
  const environment = {
    find: findGlobal,
    load(id: PickleValue) {
      const storage = loadStorage(id);
      const first = storages.get(storage.key) ?? storage;
      if (recordBytes(first) !== recordBytes(storage))
        throw new TorchFileError(`It is damaged: the storage ${quoted(storage.key)} has two sizes.`);
      storages.set(storage.key, first);
      return storage;
    },
  };
  const contents = isZip(bytes)
    ? readTorchZip(bytes, environment)
    : readLegacyTorch(bytes, environment, storages);
  const { tensors, others, values } = collectTensors(contents.root);
  for (const [name, view] of tensors) checkView(name, view);
  return {
    format: 'torch',
    entries: tensors,
    metadata: {},
    others,
    values,
    read: (names) => readTensors(contents, tensors, names),
  };
}

function readTensors(
  { records, swapped }: TorchContents,
  views: ReadonlyMap<string, TensorView>,
  names: Iterable<string>,
): Map<string, FileTensor> {
  const chosen = new Map<string, TensorView>();
  const needed = new Map<string, number>();
  let tensorBytes = 0;
  for (const name of names) {
    const view = views.get(name) as TensorView;
    chosen.set(name, view);
    needed.set(view.storage.key, recordBytes(view.storage));
    tensorBytes += elementCount(view) * elementSize(view.dtype);
  }
  const storedBytes = [...needed.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (storedBytes > MOST_BYTES || tensorBytes > storedBytes + OVERLAP)
    throw new TorchFileError('Its tensors take more memory than is read.');
  const bytes = records(needed);
  return new Map(
    [...chosen].map(([name, view]) => [
      name,
      readView(view, bytes.get(view.storage.key) as Uint8Array, swapped),
    ]),
  );
}

function recordBytes({ total, dtype }: Storage): number {
  return total * elementSize(dtype);
}
