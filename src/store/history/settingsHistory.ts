import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DatasetId } from '../../engine/data/datasets';
import { type FactsNeeds, factsOf, isGone } from '../datasetFacts';
import type { Change, ChangeListener, ValuesSlice } from '../valuesSlice';
import { putChanges, sameSettings, titleOf } from './changes';

/** What one action of the user changed. */
export interface HistoryEntry {
  title: string;
  /** Id of the view where it was. */
  view: string;
  changes: readonly Change[];
}

export interface SettingsHistoryState {
  past: readonly HistoryEntry[];
  future: readonly HistoryEntry[];
  /** What was taken back or brought back last, for the user. */
  announcement: { text: string; view: string; count: number } | null;
}

export interface SettingsHistory extends SettingsHistoryState, ChangeListener {
  undo(): void;
  redo(): void;
  /** From now on changes are of another movement of the hand: those of one are one entry. */
  newGesture(): void;
}

const limit = 200;

type Core = Pick<StoreApi<ValuesSlice & FactsNeeds>, 'getState'>;

/** One history over every setting of the page; it holds what changed, not all that there was: what came meanwhile stays. */
export function createSettingsHistory({ getState }: Core) {
  return createStore<SettingsHistory>()((set, get) => {
    let gesture = 0;
    /** Of the newest entry; none once it was taken back. */
    let newest: number | null = null;
    let count = 0;

    const announce = (text: string, view: string) => set({ announcement: { text, view, count: ++count } });

    function move(from: 'past' | 'future'): void {
      const entry = from === 'past' ? get().past.at(-1) : get().future[0];
      if (!entry) return;
      newest = null;
      const side = from === 'past' ? 'before' : 'after';
      const gone = goneDataset(getState(), entry, side);
      const [past, future] = [get().past, get().future];
      if (from === 'past') set({ past: past.slice(0, -1), future: gone ? future : [entry, ...future] });
      else set({ past: gone ? past : [...past, entry], future: future.slice(1) });
      if (gone) {
        announce(`“${gone}” is deleted, so the data set stays. Bring it back under Data first.`, entry.view);
        return;
      }
      putChanges(getState(), entry.changes, side);
      const done = from === 'past' ? 'Undone' : 'Redone';
      const lost = entry.changes.map(({ group, path }) => group.rows[path]?.loses).find(Boolean);
      announce(`${done}: ${entry.title}${numberOf(entry, side)}${lost ? `. ${lost}` : ''}`, entry.view);
    }

    return {
      past: [],
      future: [],
      announcement: null,
      undo: () => move('past'),
      redo: () => move('future'),

      record(changes, title) {
        const [first] = changes;
        if (!first) return;
        const entry = { title: title ?? titleOf(changes), view: first.group.view, changes };
        const { past } = get();
        const last = past.at(-1);
        if (newest !== gesture || !last || !sameSettings(last.changes, changes)) {
          newest = gesture;
          set({ past: [...past, entry].slice(-limit), future: [] });
          return;
        }
        const joined = last.changes.map((change, i) => ({ ...change, after: changes[i]?.after }));
        set({ past: [...past.slice(0, -1), { ...entry, changes: joined }], future: [] });
      },

      beginAnew: () => set({ past: [], future: [], announcement: null }),

      newGesture() {
        gesture++;
      },
    };
  });
}

/** Where one number is put in place of another: which. */
function numberOf({ changes }: HistoryEntry, side: 'before' | 'after'): string {
  const value = changes.length === 1 ? changes[0]?.[side] : null;
  return typeof value === 'number' ? `, now ${Number(value.toPrecision(6))}` : '';
}

/** The title of the data set that an entry leads to, where its images are deleted. */
function goneDataset(state: FactsNeeds, { changes }: HistoryEntry, side: 'before' | 'after'): string | null {
  const id = changes.find(({ group }) => group.id === 'data')?.[side] as DatasetId | undefined;
  return id && isGone(state, id) ? factsOf(state, id).title : null;
}
