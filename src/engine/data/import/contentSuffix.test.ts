import { encode } from 'fast-png';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { formatIdx } from '../idx';
import { contentSuffix } from './contentSuffix';

test.each<[string | null, Uint8Array]>([
  ['.zip', zipSync({ a: Uint8Array.of(1) })],
  ['.gz', gzipSync(Uint8Array.of(1))],
  ['.idx', formatIdx({ shape: [1], values: Uint8Array.of(7) })],
  ['.png', encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) })],
  ['.webp', strToU8('RIFF....WEBPVP8X')],
  [null, strToU8('label,pixel0\n1,2')],
  [null, new Uint8Array()],
])('the kind %s is known by its first bytes', (suffix, bytes) => {
  expect(contentSuffix(bytes)).toBe(suffix);
});
