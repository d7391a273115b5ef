import { expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c';
import { restartRecord, scalarsRecord, versionRecord } from './eventFile';

test('CRC-32C has the values of RFC 3720, B.4', () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(ascending)).toBe(0x46dd794e);
  expect(crc32c(ascending.toReversed())).toBe(0x113fdb5c);
});

test('the masked one is rotated by 15 bits to the right, plus a constant', () => {
  // 0x8a9136aa = 1000101010010001·0 011011010101010: the halves change places.
  expect(maskedCrc32c(new Uint8Array(32))).toBe(
    Number((BigInt('0b01101101010101010001010100100010') + BigInt('0xa282ead8')) % 2n ** 32n),
  );
});

test('an event holds time, step and the scalars by the numbers of event.proto', () => {
  const bytes = Array.from(scalarsRecord(1.5, 300, { loss: 0.25 }));
  const value = [0x0a, 4, ...Buffer.from('loss'), 0x15, 0, 0, 0x80, 0x3e];
  const summary = [0x0a, value.length, ...value];
  const event = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x10, 0xac, 0x02, 0x2a, summary.length, ...summary];
  expect(bytes.slice(0, 8)).toEqual([event.length, 0, 0, 0, 0, 0, 0, 0]);
  expect(bytes.slice(12, -4)).toEqual(event);
});

test('a file begins with its version; a restart is a session log', () => {
  expect(Buffer.from(versionRecord(0)).toString('latin1')).toContain('\x1a\x0dbrain.Event:2');
  expect(Array.from(restartRecord(0, 5)).slice(21, -4)).toEqual([0x10, 5, 0x3a, 2, 0x08, 1]);
});
