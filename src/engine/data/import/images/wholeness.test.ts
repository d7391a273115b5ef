import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damageOf } from './wholeness';

const folder = new URL('../testing/formats/', import.meta.url);
const names = readdirSync(folder).filter((name) => /\.(png|jpg|gif|webp)$/.test(name));

test.each(names)('%s is whole, and cut off wherever it ends before', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  expect(damageOf(bytes)).toBeNull();
  // The end of a GIF, a byte, and that of a PNG, a checksum, are not missed.
  const last = name.endsWith('.png') ? 12 : name.endsWith('.webp') ? 3 : 2;
  for (let length = 20; length <= bytes.length - last; length++)
    expect(damageOf(bytes.subarray(0, length)), `${length} of ${bytes.length} bytes`).toBe('is cut off');
  expect(damageOf(new Uint8Array())).toBe('is empty');
});
