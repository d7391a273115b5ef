import { composition } from './composition';
import { different } from './difference';
import { type EncodedValues, encodedValues, restoreValues } from './encodedValues';
import type { ValuesSlice } from './valuesSlice';

const keptGroups = () => composition().groups.filter(({ kept }) => kept);

/** Brings back what was chosen in an earlier visit, and says what is to be stored from then on: what differs from how the page begins. */
export function keepChoices(
  getState: () => Pick<ValuesSlice, 'values' | 'put'>,
  stored: Record<string, unknown> = {},
): () => EncodedValues {
  const groups = keptGroups();
  const first = encodedValues(getState(), groups);
  restoreValues(getState(), groups, stored, first);
  return () => (different(first, encodedValues(getState(), groups)) ?? {}) as EncodedValues;
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
