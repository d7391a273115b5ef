import { type Dtype, dtypes, readElements } from '../dtypes';
import { quoted } from '../header';
import type { FileTensor } from '../safetensors';
import type { TensorView } from './globals';
import { TorchFileError } from './pickleValues';

/** Bytes of an element. */
export function elementSize(dtype: Dtype): number {
  return dtypes[dtype].bits / 8;
}

/** Number of a tensor's elements. */
export function elementCount({ shape }: Pick<TensorView, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Throws TorchFileError where a tensor reaches beyond its storage. */
export function checkView(name: string, view: TensorView): void {
  const { storage, dtype, offset, shape, strides } = view;
  if (elementCount(view) === 0) return;
  const last = strides.reduce((sum, stride, i) => sum + stride * ((shape[i] as number) - 1), offset);
  const bytes = storage.count * elementSize(storage.dtype);
  if (!((last + 1) * elementSize(dtype) <= bytes))
    throw new TorchFileError(`It is damaged: the tensor ${quoted(name)} reaches beyond its storage.`);
}

/**
 * The elements of a tensor, row by row, out of the bytes of its storage's key: a view of them where they lie so, else a
 * copy. `swapped`: the bytes are big-endian.
 */
export function readView(view: TensorView, bytes: Uint8Array, swapped: boolean): FileTensor {
  const { storage, dtype, shape } = view;
  const size = elementSize(dtype);
  const begin = storage.start * elementSize(storage.dtype) + view.offset * size;
  const length = elementCount(view) * size;
  if (isContiguous(view) && !swapped)
    return { dtype, shape, data: readElements(dtype, bytes, begin, length) };
  const copy = gathered(view, bytes.subarray(begin), size);
  if (swapped) swap(copy, dtype === 'C64' ? size / 2 : size);
  return { dtype, shape, data: readElements(dtype, copy, 0, length) };
}

function isContiguous(view: TensorView): boolean {
  if (elementCount(view) === 0) return true;
  let expected = 1;
  for (let i = view.shape.length - 1; i >= 0; i--) {
    const size = view.shape[i] as number;
    if (size !== 1 && view.strides[i] !== expected) return false;
    expected *= size;
  }
  return true;
}

function gathered(view: TensorView, bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const { shape, strides } = view;
  const copy = new Uint8Array(elementCount(view) * size);
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < copy.length; to += size) {
    for (let byte = 0; byte < size; byte++) copy[to + byte] = bytes[from * size + byte] as number;
    for (let i = shape.length - 1; i >= 0; i--) {
      from += strides[i] as number;
      index[i] = (index[i] as number) + 1;
      if ((index[i] as number) < (shape[i] as number)) break;
      from -= (strides[i] as number) * (shape[i] as number);
      index[i] = 0;
    }
  }
  return copy;
}

function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
