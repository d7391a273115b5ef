import { readAll, type SourceFile } from '../files/byteSource';
import { ImportError } from '../pixels';
import { countOf, type NumberArray, type NumberType } from './numberArray';

/** An array of texts, all of them in memory. */
export interface TextArray {
  name: string;
  shape: number[];
  texts: string[];
}

const MOST_TEXT = 64 * 2 ** 20;

const kinds: Readonly<Record<string, NumberType['kind']>> = {
  b: 'boolean',
  u: 'unsigned',
  i: 'signed',
  f: 'real',
};

/**
 * Reads the header of NumPy's .npy: a magic, a version, a Python dict; the values follow. Texts (U and S) are read as a
 * whole. Throws ImportError for an array that is cut off, or of objects, which would be pickles.
 */
export async function openNpy(file: SourceFile): Promise<NumberArray | TextArray> {
  const { name } = file;
  const { header, start } = await headerOf(file);
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const [, order, kind = '', digits = '0'] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const bytes = Number(digits);
  const numberKind = kinds[kind];
  const isNumber =
    numberKind !== undefined &&
    [1, 2, 4, 8].includes(bytes) &&
    (numberKind !== 'real' || bytes > 1) &&
    (numberKind !== 'boolean' || bytes === 1);
  const isText = (kind === 'U' || kind === 'S') && bytes > 0;
  if (!isNumber && !isText)
    throw new ImportError(`${name} holds ${strangeType(descr)}, which are not read: ${SAVE_AS}.`);
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (fortran === undefined || shapeText === undefined)
    throw new ImportError(`${name} does not tell its shape.`);
  // Python 2 wrote whole numbers as 10L.
  const shape = shapeText
    .replaceAll('L', '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const count = countOf({ shape });
  const size = kind === 'U' ? 4 * bytes : bytes;
  if (!Number.isSafeInteger(count * size) || start + count * size !== file.size)
    throw new ImportError(
      `${name} announces ${shape.join('×')} values but holds ${(file.size - start) / Math.max(1, size)}.`,
    );
  const bigEndian = order === '>';
  if (isText) {
    if (count * size > MOST_TEXT) throw new ImportError(`${name} holds too many texts.`);
    return {
      name,
      shape,
      texts: textsOf((await readAll(file)).subarray(start), size, count, kind, bigEndian),
    };
  }
  const type = { kind: numberKind as NumberType['kind'], bytes: bytes as NumberType['bytes'], bigEndian };
  return { name, shape, fortran: fortran === 'True', type, source: file, start };
}

const SAVE_AS = 'save images as uint8 or float32, labels as whole numbers or texts';

function strangeType(descr: string): string {
  if (descr === '') return 'records of several fields';
  return /O/.test(descr) ? `Python objects ('${descr}')` : `values of the type '${descr}'`;
}

async function headerOf(file: SourceFile): Promise<{ header: string; start: number }> {
  const head = await file.read(0, 12);
  if (head.length < 12 || String.fromCharCode(...head.subarray(1, 6)) !== 'NUMPY' || head[0] !== 0x93)
    throw new ImportError(`${file.name} is no .npy file.`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const wide = (head[6] as number) >= 2;
  const from = wide ? 12 : 10;
  const start = from + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > file.size || start > 2 ** 20) throw new ImportError(`${file.name} ends within its header.`);
  return { header: new TextDecoder().decode(await file.read(from, start)), start };
}

/** Texts are padded with zeros: U has four bytes a character, S one. */
function textsOf(bytes: Uint8Array, size: number, count: number, kind: string, bigEndian: boolean): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => {
    const at = index * size;
    if (kind === 'S') {
      const text = bytes.subarray(at, at + size);
      const end = text.indexOf(0);
      return new TextDecoder().decode(end < 0 ? text : text.subarray(0, end));
    }
    let text = '';
    for (let place = at; place < at + size; place += 4) {
      const point = view.getUint32(place, !bigEndian);
      if (point === 0) break;
      text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    }
    return text;
  });
}
