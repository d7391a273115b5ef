import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIdx, parseIdx } from './idx';

describe('IDX', () => {
  it('reads the layout of MNIST: big-endian sizes before the bytes', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 9, 8, 7, 6, 5, 4);
    expect(parseIdx(bytes, 'x')).toEqual({ shape: [2, 3], values: Uint8Array.of(9, 8, 7, 6, 5, 4) });
  });

  it('reads sizes above 255, from the middle of a buffer too', () => {
    const bytes = new Uint8Array(5 + 8 + 258);
    bytes.set([0, 0, 8, 1, 0, 0, 1, 2], 5);
    expect(parseIdx(bytes.subarray(5, 5 + 8 + 258), 'x').shape).toEqual([258]);
  });

  it('reads back what it wrote, and refuses it one byte shorter or longer', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.nat(), (shape, salt) => {
        const length = shape.reduce((a, b) => a * b);
        const array = { shape, values: Uint8Array.from({ length }, (_, i) => i * 31 + salt) };
        const bytes = formatIdx(array);
        expect(parseIdx(bytes, 'x')).toEqual(array);
        expect(() => parseIdx(bytes.subarray(0, -1), 'x')).toThrow(/^x announces/);
        expect(() => parseIdx(Uint8Array.of(...bytes, 0), 'x')).toThrow(/^x announces/);
      }),
    );
  });

  it('refuses other types, no dimensions and half a header', () => {
    const floats = Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0);
    expect(() => parseIdx(floats, 'a.idx')).toThrow('a.idx is not an IDX file of unsigned bytes');
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 0), 'a.idx')).toThrow('it begins with 00 00 08 00');
    expect(() => parseIdx(new Uint8Array(), 'a.idx')).toThrow('it begins with nothing');
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 2, 0, 0, 0), 'a.idx')).toThrow(
      'a.idx ends within its header',
    );
  });
});
