import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amended, changed, historyOf, redone, undone } from './undoHistory';

it('goes back through every value and forward again, up to its limit', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 100 }), (values) => {
      const states = [historyOf(-1)];
      for (const value of values) states.push(changed(states.at(-1) as (typeof states)[0], value));
      let history = states.at(-1) as (typeof states)[0];
      for (const state of states.toReversed().slice(1)) {
        history = undone(history);
        expect(history.present).toBe(state.present);
      }
      expect(undone(history)).toBe(history);
      for (const state of states.slice(1)) {
        history = redone(history);
        expect(history.present).toBe(state.present);
      }
      expect(redone(history)).toBe(history);
    }),
  );
});

it('goes back a hundred values and no further, and forward in the order they were made', () => {
  let history = historyOf(0);
  for (let value = 1; value <= 105; value++) history = changed(history, value);
  const seen: number[] = [];
  for (let i = 0; i < 110; i++) {
    history = undone(history);
    seen.push(history.present);
  }
  expect(seen.slice(0, 3)).toEqual([104, 103, 102]);
  expect(seen.slice(99)).toEqual(new Array(11).fill(5));
  history = redone(redone(history));
  expect(history.present).toBe(7);
  expect(undone(history).present).toBe(6);
});

it('forgets what was taken back once something new is there, and steps over what was amended', () => {
  const history = changed(undone(changed(changed(historyOf(0), 1), 2)), 3);
  expect(redone(history)).toBe(history);
  expect(undone(amended(history, 4)).present).toBe(1);
});
