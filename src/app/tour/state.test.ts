import { expect, test } from 'vitest';
import { createTour } from './state';

function visit(entries: Map<string, string>) {
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
  return createTour(storage);
}

test('the tour is offered once, and goes on where it was left', () => {
  const entries = new Map<string, string>();
  const first = visit(entries).getState;
  expect(first()).toMatchObject({ open: false, step: 0, offered: false });
  first().openTour();
  first().goToTourStep(3, 8);
  first().closeTour();
  const second = visit(entries).getState;
  expect(second()).toMatchObject({ open: false, step: 3, offered: true });
  second().openTour();
  second().goToTourStep(8, 8);
  expect(visit(entries).getState(), 'after its end it starts anew').toMatchObject({
    open: false,
    step: 0,
    offered: true,
  });
});

test('refused, it is not offered again; no step before the first', () => {
  const entries = new Map<string, string>();
  const { getState } = visit(entries);
  getState().declineTour();
  getState().goToTourStep(-1, 8);
  expect(visit(entries).getState()).toMatchObject({ open: false, step: 0, offered: true });
});

test.each(['', 'not json', '{"step":-1,"offered":true}', '{"step":"2"}', 'null'])(
  'an entry %j that cannot be read counts as a first visit',
  (entry) => {
    expect(visit(new Map([['tour', entry]])).getState()).toMatchObject({
      open: false,
      step: 0,
      offered: false,
    });
  },
);
