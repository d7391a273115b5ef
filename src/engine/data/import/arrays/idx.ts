import type { SourceFile } from '../files/byteSource';
import { idxHeader } from '../files/idxHeader';
import { ImportError } from '../pixels';
import type { NumberArray, NumberType } from './numberArray';

const types: Readonly<Record<number, Pick<NumberType, 'kind' | 'bytes'>>> = {
  8: { kind: 'unsigned', bytes: 1 },
  9: { kind: 'signed', bytes: 1 },
  11: { kind: 'signed', bytes: 2 },
  12: { kind: 'signed', bytes: 4 },
  13: { kind: 'real', bytes: 4 },
  14: { kind: 'real', bytes: 8 },
};

/** An IDX file, the format of MNIST: big-endian. Throws ImportError where its size is not what its header says. */
export async function openIdx(file: SourceFile): Promise<NumberArray> {
  const found = idxHeader(await file.read(0, 64), file.size);
  if (!found || found.damage !== null)
    throw new ImportError(`${file.name} ${found?.damage ?? 'is no IDX file'}.`);
  const { type, shape, start } = found;
  const { kind, bytes } = types[type] as Pick<NumberType, 'kind' | 'bytes'>;
  return {
    name: file.name,
    shape,
    fortran: false,
    type: { kind, bytes, bigEndian: true },
    source: file,
    start,
  };
}
