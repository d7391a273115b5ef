import { expect, it } from 'vitest';
import { askToKeep, isKept } from './keptSafely';

it('tells what the browser says, and nothing where it says nothing', async () => {
  expect(await askToKeep({ persist: async () => true })).toBe(true);
  expect(await askToKeep({ persist: async () => false })).toBe(false);
  expect(await isKept({ persisted: async () => true })).toBe(true);
  for (const ask of [askToKeep, isKept]) {
    expect(await ask(undefined)).toBeNull();
    expect(await ask({})).toBeNull();
  }
  expect(await askToKeep({ persist: () => Promise.reject(new TypeError('opaque origin')) })).toBeNull();
});
