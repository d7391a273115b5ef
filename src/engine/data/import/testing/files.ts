import { decode as decodePng } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import { memorySpool, namedBytes } from '../files/byteSource';
import type { DecodeImage } from '../images/imageFile';
import { type Imported, type ImportOptions, importImages } from '../importImages';

/** PNG of 8 bits a channel: what most tests need. */
export const decodePngOnly: DecodeImage = async (_, bytes) => {
  const { width, height, channels, data } = decodePng(bytes);
  return { width, height, channels: channels as 1 | 3 | 4, pixels: data as Uint8Array };
};

export const platform = { decode: decodePngOnly, newSpool: memorySpool };

/** Imports files by their paths, at their own size. */
export function imported(
  files: Readonly<Record<string, Uint8Array>>,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  return importImages(
    Object.entries(files).map(([name, bytes]) => namedBytes(name, bytes)),
    platform,
    { shape: 'own', crop: 'centre', ...options },
  );
}

/** The levels of each image. */
export function imagesOf({ built }: Imported): number[][] {
  const length = built.levels.length / built.count;
  return Array.from({ length: built.count }, (_, i) => [
    ...built.levels.subarray(i * length, (i + 1) * length),
  ]);
}

/** The name of the class of each image. */
export function classesOf({ built }: Imported): string[] {
  return Array.from(built.labels, (label) => built.classNames[label] as string);
}

interface NpyForm {
  fortran?: boolean;
  version?: 1 | 2 | 3;
  /** The least length of the header's text: only versions 2 and 3 hold more than 65,535. */
  least?: number;
}

/** A .npy as NumPy writes it, of values in C order. */
export function npy(
  descr: string,
  shape: readonly number[],
  values: ArrayLike<number | string | boolean>,
  { fortran = false, version = 1, least = 0 }: NpyForm = {},
): Uint8Array {
  const ordered = fortran ? inFortranOrder(shape, values) : Array.from(values);
  const shapeText = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shapeText}, }`;
  const start = version === 1 ? 10 : 12;
  const wanted = Math.max(header.length, least);
  const text = strToU8(`${header.padEnd(Math.ceil((wanted + start + 1) / 64) * 64 - start - 1)}\n`);
  const bytes = [0, 8, 16, 24].map((shift) => (text.length >> shift) & 255);
  const length = bytes.slice(0, version === 1 ? 2 : 4);
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), version, 0, ...length, ...text, ...encoded(descr, ordered));
}

function inFortranOrder<T>(shape: readonly number[], values: ArrayLike<T>): T[] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  return Array.from({ length: values.length }, (_, at) => {
    let [left, index] = [at, 0];
    shape.forEach((side, axis) => {
      index += (left % side) * (strides[axis] as number);
      left = Math.floor(left / side);
    });
    return values[index] as T;
  });
}

function encoded(descr: string, values: readonly (number | string | boolean)[]): Uint8Array {
  const [, order, kind, digits] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  const size = Number(digits) * (kind === 'U' ? 4 : 1);
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  const little = order !== '>';
  values.forEach((value, i) => {
    const at = i * size;
    if (kind === 'S') bytes.set(strToU8(String(value)), at);
    else if (kind === 'U')
      [...String(value)].forEach((letter, k) => {
        view.setUint32(at + 4 * k, letter.codePointAt(0) as number, little);
      });
    else setNumber(view, at, `${kind}${digits}`, Number(value), little);
  });
  return bytes;
}

function setNumber(view: DataView, at: number, type: string, value: number, little: boolean): void {
  const set: Record<string, () => void> = {
    b1: () => view.setUint8(at, value),
    u1: () => view.setUint8(at, value),
    i1: () => view.setInt8(at, value),
    u2: () => view.setUint16(at, value, little),
    i2: () => view.setInt16(at, value, little),
    u4: () => view.setUint32(at, value, little),
    i4: () => view.setInt32(at, value, little),
    u8: () => view.setBigUint64(at, BigInt(value), little),
    i8: () => view.setBigInt64(at, BigInt(value), little),
    f2: () => view.setUint16(at, half(value), little),
    f4: () => view.setFloat32(at, value, little),
    f8: () => view.setFloat64(at, value, little),
  };
  set[type]?.();
}

/** The nearest float16 of a number that has a normal one, or of 0. */
function half(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}

export function npz(arrays: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), {
    level,
  });
}

/** A tar archive as POSIX has it; names of more than 100 bytes come in a pax header. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  const add = (name: string, type: string, bytes: Uint8Array) => {
    const header = new Uint8Array(512);
    header.set(strToU8(name.slice(0, 100)));
    header.set(strToU8('0000644\0'), 100);
    header.set(strToU8(`${bytes.length.toString(8).padStart(11, '0')}\0`), 124);
    header.set(strToU8('        '), 148);
    header.set(strToU8(type), 156);
    header.set(strToU8('ustar\x0000'), 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(strToU8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const padded = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    padded.set(bytes);
    blocks.push(header, padded);
  };
  for (const [name, bytes] of Object.entries(files)) {
    if (name.length > 100) {
      const line = ` path=${name}\n`;
      const length = line.length + String(line.length + 3).length;
      add('pax', 'x', strToU8(`${length}${line}`));
    }
    add(name, '0', bytes);
  }
  blocks.push(new Uint8Array(1024));
  return Uint8Array.from(blocks.flatMap((block) => [...block]));
}
