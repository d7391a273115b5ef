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

it('forgets what was taken back once something new is there, and steps over what was amended', () => {
  const history = changed(undone(changed(changed(historyOf(0), 1), 2)), 3);
  expect(redone(history)).toBe(history);
  expect(undone(amended(history, 4)).present).toBe(1);
});
