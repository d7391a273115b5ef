import { expect, test } from 'vitest';
import type { CheckpointTraining } from './checkpoint';
import { sawHeldOut } from './sawHeldOut';

const state = (extra: unknown) => ({ training: { extra } as CheckpointTraining });
const model = { training: undefined };

test('a model saw held-out images unless its file says that it did not', () => {
  expect(sawHeldOut(model, {})).toBe(true);
  expect(sawHeldOut(model, { saw_held_out: 'true' })).toBe(true);
  expect(sawHeldOut(model, { saw_held_out: 'no' })).toBe(true);
  expect(sawHeldOut(model, { saw_held_out: 'false' })).toBe(false);
  for (const extra of [null, undefined, 'false', {}, { sawHeldOut: null }, { sawHeldOut: 'false' }])
    expect(sawHeldOut(state(extra), {}), JSON.stringify(extra)).toBe(true);
  expect(sawHeldOut(state({ sawHeldOut: true }), { saw_held_out: 'false' })).toBe(true);
  expect(sawHeldOut(state({ sawHeldOut: false }), {})).toBe(false);
});
