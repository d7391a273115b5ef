import type { Stores } from './choices/choiceGroup';
import {
  type EncodedChoices,
  encodedChoices,
  keptGroups,
  putChoices,
  type Values,
} from './choices/encodedChoices';
import { different } from './difference';

/** Brings back what was chosen in an earlier visit, and says what is to be stored from then on: what differs from how the page begins. */
export function keepChoices(stores: Stores, stored: EncodedChoices | undefined): () => EncodedChoices {
  const first = encodedChoices(stores);
  if (stored) putChoices(stores, stored, first);
  return () => (different(first, encodedChoices(stores)) ?? {}) as EncodedChoices;
}

/** To be called whenever a store changes: calls `work` where a choice that is kept is another one than before. */
export function whenChosen(stores: Stores, work: () => void): () => void {
  const read = () => keptGroups.map(([, group]) => group.read(stores));
  let before = read();
  return () => {
    const now = read();
    if (now.every((values, i) => sameFields(values, before[i] as Values))) return;
    before = now;
    work();
  };
}

function sameFields(one: Values, other: Values): boolean {
  return one === other || Object.keys(one).every((name) => one[name] === other[name]);
}

/** Calls at most once in a while, and never later than the page is left. */
export function calmly(work: () => void, milliseconds = 300): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    work();
  };
  if (typeof window !== 'undefined') addEventListener('pagehide', now);
  return () => {
    timer ??= setTimeout(now, milliseconds);
  };
}
