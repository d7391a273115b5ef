import { createStore } from 'zustand/vanilla';
import type { DatasetId } from '../../engine/data/datasets';
import type { Stores } from '../choices/choiceGroup';
import { factsOf, isGone } from '../datasetFacts';
import { type Change, changesBetween, moving, put, readAll, sameFields, titleOf, viewOf } from './changes';

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
  told: { text: string; view: string; count: number } | null;
}

export interface SettingsHistory extends SettingsHistoryState {
  undo(): void;
  redo(): void;
  /** Does what changes settings, as one entry. */
  record<Result>(work: () => Result, title?: string): Result;
  /** Does what brings settings that are no choice of the user's: a link, a model. Nothing before it can be taken back. */
  beginAnew<Result>(work: () => Result): Result;
  /** From now on changes are of another movement of the hand: those of one are one entry. */
  newGesture(): void;
}

const limit = 200;

/** One history over every setting of the page; it holds what changed, not all that there was: what came meanwhile stays. */
export function createSettingsHistory(stores: Stores) {
  return createStore<SettingsHistory>()((set, get) => {
    let gesture = 0;
    /** Of the newest entry; none once it was taken back. */
    let newest: number | null = null;
    /** While something is recorded or put: what it calls is no action of the user's. */
    let busy = false;
    let count = 0;

    const whileBusy = <Result>(work: () => Result): Result => {
      busy = true;
      try {
        return work();
      } finally {
        busy = false;
      }
    };
    const tell = (text: string, view: string) => set({ told: { text, view, count: ++count } });

    function add(changes: readonly Change[], title: string | undefined): void {
      const [first] = changes;
      if (!first) return;
      const entry = { title: title ?? titleOf(changes), view: viewOf(first), changes };
      const { past } = get();
      const last = past.at(-1);
      if (newest !== gesture || !last || !sameFields(last.changes, changes)) {
        newest = gesture;
        set({ past: [...past, entry].slice(-limit), future: [] });
        return;
      }
      const joined = last.changes.map((change, i) => ({ ...change, after: changes[i]?.after }));
      set({ past: [...past.slice(0, -1), { ...entry, changes: joined }], future: [] });
    }

    function move(from: 'past' | 'future'): void {
      const entry = from === 'past' ? get().past.at(-1) : get().future[0];
      if (!entry) return;
      newest = null;
      const side = from === 'past' ? 'before' : 'after';
      const gone = goneDataset(stores, entry, side);
      const [past, future] = [get().past, get().future];
      if (from === 'past') set({ past: past.slice(0, -1), future: gone ? future : [entry, ...future] });
      else set({ past: gone ? past : [...past, entry], future: future.slice(1) });
      if (gone) {
        tell(`“${gone}” is deleted, so the data set stays. Bring it back under Data first.`, entry.view);
        return;
      }
      const anew = beginsAnew(stores, entry);
      whileBusy(() => put(stores, entry.changes, side));
      const done = from === 'past' ? 'Undone' : 'Redone';
      tell(
        `${done}: ${entry.title}${numberOf(entry, side)}${anew ? '. The network of the points began anew' : ''}`,
        entry.view,
      );
    }

    return {
      past: [],
      future: [],
      told: null,
      undo: () => move('past'),
      redo: () => move('future'),

      record(work, title) {
        if (busy) return work();
        const before = readAll(stores);
        const result = whileBusy(work);
        add(changesBetween(before, readAll(stores), moving(stores)), title);
        return result;
      },

      beginAnew(work) {
        if (busy) return work();
        const result = whileBusy(work);
        set({ past: [], future: [], told: null });
        return result;
      },

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

/** The title of the data set that an entry leads to, where its pictures are deleted. */
function goneDataset({ store }: Stores, { changes }: HistoryEntry, side: 'before' | 'after'): string | null {
  const id = changes.find(({ group }) => group === 'data')?.[side] as DatasetId | undefined;
  return id && isGone(store.getState(), id) ? factsOf(store.getState(), id).title : null;
}

const ofNetwork = new Set([
  'set',
  'count',
  'noise',
  'layers',
  'width',
  'nSteps',
  'schedule',
  'seed',
  'drawn',
]);

/** Whether the network of the points, which learns one set and has no file, is lost by it. */
function beginsAnew({ points }: Stores, { changes }: HistoryEntry): boolean {
  return (
    points.getState().step > 0 &&
    changes.some(({ group, field }) => group === 'points' && ofNetwork.has(field))
  );
}
