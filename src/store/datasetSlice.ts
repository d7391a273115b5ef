import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import type { DatasetMessage } from '../worker/protocol';
import type { FirstSampleSlice } from './firstSampleSlice';
import type { ForwardSlice } from './forwardSlice';
import type { SettingsSlice } from './settingsSlice';

export interface DatasetState {
  id: DatasetId;
  status: 'idle' | 'loading' | 'ready' | 'failed';
  /** For the user, where the status is 'failed'. */
  problem: string | null;
  /** The pictures last loaded; those of the set before stay until the next have come. */
  data: DatasetMessage | null;
  /** Labels to show, ascending; empty means all. */
  classFilter: readonly number[];
}

export interface DatasetSlice {
  dataset: DatasetState;
  /** Loads a data set, with its settings, into the engine and onto the page; the last call wins. */
  chooseDataset(id: DatasetId): Promise<void>;
  /** The same where it is nobody's choice, and cannot be taken back. */
  openDataset(id: DatasetId): Promise<void>;
  /** Shows a class, or no longer. With every class shown, the filter is empty again. */
  toggleClass(label: number): void;
  clearClassFilter(): void;
}

type Needs = DatasetSlice & ForwardSlice & SettingsSlice & Partial<FirstSampleSlice>;

export const initialDatasetId: DatasetId = 'digits';

/** The slice over a function that loads: the worker's in the page, any other in a test. */
export function createDatasetSlice(
  load: (id: DatasetId) => Promise<DatasetMessage>,
  first: DatasetId = initialDatasetId,
): StateCreator<Needs, [], [], DatasetSlice> {
  let calls = 0;
  return (set, get) => ({
    dataset: { id: first, status: 'idle', problem: null, data: null, classFilter: [] },

    chooseDataset: (id) => get().openDataset(id),

    async openDataset(id) {
      const call = ++calls;
      const change = (dataset: Partial<DatasetState>) => set({ dataset: { ...get().dataset, ...dataset } });
      // Example and filter are of one data set.
      if (id !== get().dataset.id) {
        change({ classFilter: [] });
        get().pickExample(0);
      }
      change({ id, status: 'loading', problem: null });
      get().followDataset(id);
      get().followWithFirstSample?.();
      try {
        const data = await load(id);
        if (call !== calls) return;
        change({ status: 'ready', data });
        if (get().forward.exampleIndex >= data.count) get().pickExample(0);
      } catch (error) {
        if (call !== calls) return;
        change({ status: 'failed', problem: error instanceof Error ? error.message : String(error) });
      }
    },

    toggleClass(label) {
      const { dataset } = get();
      const shown = new Set(dataset.classFilter);
      if (!shown.delete(label)) shown.add(label);
      const all = shown.size === dataset.data?.classNames.length;
      set({ dataset: { ...dataset, classFilter: all ? [] : [...shown].sort((a, b) => a - b) } });
    },

    clearClassFilter() {
      set({ dataset: { ...get().dataset, classFilter: [] } });
    },
  });
}
