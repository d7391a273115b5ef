import { quoted } from '../header';
import type { Storage } from './globals';
import { type PickleEnvironment, readPickle } from './pickle';
import { Global, TorchFileError } from './pickleValues';
import { elementSize } from './stridedTensor';
import type { TorchContents } from './torchContents';

/** The pickle of 0x1950a86a20f9469cfc6c without its first two bytes, which are the protocol. */
const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const VERSION = 1001;
/** Before the elements of each storage stands their number. */
const COUNT_BYTES = 8;

/** Whether a file begins as a pickle does. */
export function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && (bytes[1] as number) <= 5;
}

/**
 * What torch.save wrote before version 1.6, and writes still where it is asked to: five pickles (a magic number, the
 * version, the machine, what is saved, the keys of the storages) and the storages, always little-endian.
 * `storages`: all that the pickles name, by key; it is filled while they are read.
 */
export function readLegacyTorch(
  bytes: Uint8Array,
  environment: PickleEnvironment,
  storages: ReadonlyMap<string, Storage>,
): TorchContents {
  if (!MAGIC.every((byte, i) => bytes[i + 2] === byte))
    throw new TorchFileError('It is a pickle, but not one of torch.save: only that is read.');
  const inert: PickleEnvironment = {
    find: (name) => new Global(name),
    load: () => null,
  };
  const version = readPickle(bytes, inert, MAGIC.length + 2);
  if (version.value !== VERSION)
    throw new TorchFileError(`It is of version ${String(version.value)} of torch.save; ${VERSION} is read.`);
  const machine = readPickle(bytes, inert, version.end);
  const saved = readPickle(bytes, environment, machine.end);
  const keys = readPickle(bytes, inert, saved.end);
  const places = placesOf(bytes, keys.value, keys.end, storages);
  return {
    root: saved.value,
    swapped: false,
    records: (needed) =>
      new Map(
        [...needed.keys()].map((key) => {
          const place = places.get(key);
          if (!place) throw new TorchFileError(`It is damaged: its storage ${quoted(key)} is missing.`);
          return [key, bytes.subarray(...place)];
        }),
      ),
  };
}

/** Where the elements of each storage lie: begin and end. */
function placesOf(
  bytes: Uint8Array,
  keys: unknown,
  start: number,
  storages: ReadonlyMap<string, Storage>,
): Map<string, [number, number]> {
  if (!Array.isArray(keys)) throw new TorchFileError('It is damaged: it has no list of its storages.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = new Map<string, [number, number]>();
  let at = start;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage) throw new TorchFileError('It is damaged: it has a storage that no tensor names.');
    const { total, dtype } = storage;
    const begin = at + COUNT_BYTES;
    const end = begin + total * elementSize(dtype);
    if (end > bytes.length) throw new TorchFileError(`It is cut off: its storages end at byte ${end}.`);
    if (view.getBigUint64(at, true) !== BigInt(total))
      throw new TorchFileError(
        `It is damaged: the storage ${quoted(key)} is not of the size that its tensors say.`,
      );
    places.set(key as string, [begin, end]);
    at = end;
  }
  return places;
}
