import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dtype } from '../dtypes';
import { Storage, TensorView } from './globals';
import { checkView, readView } from './stridedTensor';

/** A view, and the values that a storage of 0, 1, 2 … has at its places, row by row. */
const views = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 30 })), { maxLength: 4 })
  .chain((dimensions) => fc.tuple(fc.constant(dimensions), fc.nat(40), fc.nat(5)))
  .map(([dimensions, offset, start]) => {
    const shape = dimensions.map(([size]) => size);
    const strides = dimensions.map(([, stride]) => stride);
    let places = [offset];
    for (const [size, stride] of dimensions)
      places = places.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * stride));
    return { shape, strides, offset, start, values: places.map((place) => start + place) };
  });

const kinds: [Dtype, (values: number[]) => { buffer: ArrayBufferLike }][] = [
  ['U8', (values) => Uint8Array.from(values)],
  ['I16', (values) => Int16Array.from(values)],
  ['F32', (values) => Float32Array.from(values)],
  ['F64', (values) => Float64Array.from(values)],
  ['I64', (values) => BigInt64Array.from(values, BigInt)],
];

test.each(kinds)('a view of %s has the elements at its places, little- and big-endian', (dtype, array) => {
  const total = 410;
  const bytes = new Uint8Array(array(Array.from({ length: total }, (_, i) => i % 256)).buffer);
  const size = bytes.length / total;
  const swapped = Uint8Array.from(bytes, (_, i) => bytes[i - (i % size) + (size - 1 - (i % size))] as number);
  fc.assert(
    fc.property(views, fc.boolean(), ({ shape, strides, offset, start, values }, big) => {
      const view = new TensorView(new Storage('0', dtype, total, start), dtype, offset, shape, strides);
      checkView('w', view);
      const tensor = readView(view, big ? swapped : bytes, big);
      expect(tensor.shape).toEqual(shape);
      expect(Array.from(tensor.data, Number)).toEqual(values.map((value) => value % 256));
    }),
  );
});

test('a view may end with its storage and not one element later', () => {
  const view = (offset: number, count: number) =>
    new TensorView(new Storage('0', 'F32', 20, 5, count), 'F32', offset, [2, 3], [4, 1]);
  expect(() => checkView('w', view(3, 10))).not.toThrow();
  expect(() => checkView('w', view(4, 10))).toThrow("'w' reaches beyond its storage");
  expect(() => checkView('w', view(3, 9))).toThrow("'w' reaches beyond its storage");
  const bytes = new Storage('0', 'U8', 24);
  const wide = (length: number) => new TensorView(bytes, 'F64', 0, [length], [1]);
  expect(() => checkView('w', wide(3))).not.toThrow();
  expect(() => checkView('w', wide(4))).toThrow('reaches beyond');
});
