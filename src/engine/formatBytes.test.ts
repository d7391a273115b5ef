import { expect, it } from 'vitest';
import { formatBytes } from './formatBytes';

it.each([
  [0, '0 B'],
  [840, '840 B'],
  [1024, '1 KB'],
  [3.4 * 2 ** 20, '3.4 MB'],
  [1023.9 * 2 ** 20, '1 GB'],
  [1.25 * 2 ** 30, '1.25 GB'],
  [640 * 2 ** 20, '640 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
