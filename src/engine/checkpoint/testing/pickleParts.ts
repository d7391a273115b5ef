import { zipSync } from 'fflate';

/** A part of a pickle: bytes, or the name of an operation whose bytes are its letters. */
export type Part = readonly number[] | string;

/** The bytes of a pickle of protocol 2 with these operations, and its end. */
export function pickleOf(...parts: Part[]): Uint8Array<ArrayBuffer> {
  return bytesOf([0x80, 2], ...parts, '.');
}

export function bytesOf(...parts: Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part])),
  );
}

/** Operations that push a value. */
export const text = (value: string): Part => [0x58, ...word(value.length), ...bytesOf(value)];
export const whole = (value: number): Part => [0x4a, ...word(value)];
export const float = (value: number): Part => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return [0x47, ...bytes];
};
export const global = (module: string, name: string): Part => `c${module}\n${name}\n`;
export const tuple = (...items: Part[]): Part => [...bytesOf('(', ...items, 't')];

export interface TensorParts {
  key?: string;
  count?: number;
  offset?: Part;
  shape?: Part[];
  strides?: Part[];
  storageClass?: Part;
}

/** A tensor, by default of the first two of four floats. */
export function tensor({
  key = '0',
  count = 4,
  offset = whole(0),
  shape = [whole(2)],
  strides = [whole(1)],
  storageClass = global('torch', 'FloatStorage'),
}: TensorParts = {}): Part {
  const storage = [
    ...bytesOf(tuple(text('storage'), storageClass, text(key), text('cpu'), whole(count)), 'Q'),
  ];
  const hooks = [...bytesOf(global('collections', 'OrderedDict'), ')R')];
  const parameters = tuple(storage, offset, tuple(...shape), tuple(...strides), [0x89], hooks);
  return [...bytesOf(global('torch._utils', '_rebuild_tensor_v2'), parameters, 'R')];
}

/** A dict of these values by name. */
export function dict(entries: Record<string, Part>): Part {
  return [...bytesOf('}', ...Object.entries(entries).flatMap(([name, value]) => [text(name), value, 's']))];
}

/** A file of torch.save: an archive with a pickle and storages. */
export function torchZip(
  pickle: Uint8Array,
  storages: Record<string, Uint8Array> = { 0: new Uint8Array(16) },
  members: Record<string, Uint8Array> = {},
): Uint8Array {
  const data = Object.entries(storages).map(([key, bytes]) => [`a/data/${key}`, bytes]);
  return zipSync({ 'a/data.pkl': pickle, ...Object.fromEntries(data), ...members }, { level: 0 });
}

/** A file of torch.save in the form of before version 1.6, with one storage of four floats unless `tail` says otherwise. */
export function legacyTorch(pickle: Uint8Array, version = 1001, tail = oneStorage('0', 4)): Uint8Array {
  const magic = [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
  const head = bytesOf(magic, [...pickleOf(whole(version))], [...pickleOf('}')], [...pickle]);
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

/** The list of keys, and a storage of so many floats that says to have `claimed`. */
export function oneStorage(key: string, count: number, claimed = count): Uint8Array {
  return bytesOf(
    [...pickleOf('](', text(key), 'e')],
    [...word(claimed), 0, 0, 0, 0],
    new Array(4 * count).fill(0),
  );
}

/** The list of the keys 0 and 1, and their storages: four floats, and `count`. */
export function twoStorages(count: number): Uint8Array {
  const head = bytesOf(
    [...pickleOf('](', text('0'), text('1'), 'e')],
    [...word(4), 0, 0, 0, 0],
    new Array(16).fill(0),
  );
  const bytes = new Uint8Array(head.length + 8 + 4 * count);
  bytes.set(head);
  bytes.set(word(count) as number[], head.length);
  return bytes;
}

function word(value: number): number[] {
  return [...new Uint8Array(Int32Array.of(value).buffer)];
}
