import { crc32 as nodes } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32';

test('is the CRC-32 of zip, and another one for every changed bit', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), (bytes, bit) => {
      const crc = crc32(bytes);
      expect(crc).toBe(nodes(bytes));
      expect(crc32(bytes.subarray(1))).toBe(nodes(bytes.subarray(1)));
      const place = bit % (8 * bytes.length);
      bytes[place >> 3] = (bytes[place >> 3] as number) ^ (1 << (place & 7));
      expect(crc32(bytes)).not.toBe(crc);
    }),
  );
});
