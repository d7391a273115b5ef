import { expect, test } from 'vitest';
import { checkpointFile } from '../testing/checkpoints';
import { findGlobal } from './globals';
import { readPickle } from './pickle';
import type { PickleValue } from './pickleValues';

const environment = { find: findGlobal, load: () => null };

/** As JSON has it: dicts as objects, large whole numbers as texts. */
function plain(value: PickleValue): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  const object = Object.create(null);
  for (const [key, inner] of value) object[String(key)] = plain(inner);
  return object;
}

test.each([2, 3, 4, 5])('what Python pickles with protocol %i is read as it was', (protocol) => {
  const bytes = checkpointFile(`values-${protocol}.pkl`);
  const { value, end } = readPickle(bytes, environment);
  expect(end).toBe(bytes.length);
  const expected = JSON.parse(new TextDecoder().decode(checkpointFile('values.json')));
  const read = plain(value) as Record<string, unknown>;
  expect(Object.keys(read)).toEqual(Object.keys(expected));
  for (const name of Object.keys(expected))
    expect(JSON.stringify(read[name]), name).toBe(JSON.stringify(expected[name]));
});
