import type { StateCreator } from 'zustand';
import type { DatasetId, LoadedDataset } from '../engine/data/datasets';
import { messageOf } from '../engine/messageOf';
import { forwardGroup } from '../settings/groups/forward';
import { dataGroup, shownGroup } from '../settings/groups/page';
import type { SettingsSlice } from './settingsSlice';
import type { GroupPatch, ValuesSlice } from './valuesSlice';

export interface DatasetState {
  status: 'idle' | 'loading' | 'ready' | 'failed';
  /** For the user, where the status is 'failed'. */
  problem: string | null;
  /** The images last loaded; those of the set before stay until the next have come. */
  data: LoadedDataset | null;
}

export interface DatasetSlice {
  dataset: DatasetState;
  /** Loads a data set, with its settings, into the engine and onto the page; the last call wins. */
  chooseDataset(id: DatasetId): Promise<void>;
  /** The same where it is nobody's choice, and cannot be taken back. */
  openDataset(id: DatasetId): Promise<void>;
  /** Shows a class, or no longer. With every class shown, the filter is empty again. */
  toggleClass(label: number): void;
}

type Needs = DatasetSlice & ValuesSlice & SettingsSlice & { followWithFirstSample?(): void };

/** Example and filter are of one data set. */
const chosen = (id: DatasetId): GroupPatch[] => [
  { group: dataGroup, patch: { dataset: id } },
  { group: shownGroup, patch: { classFilter: shownGroup.defaults.classFilter } },
  { group: forwardGroup, patch: { exampleIndex: 0 } },
];

/** The slice over a function that loads: the worker's in the page, any other in a test. */
export function createDatasetSlice(
  load: (id: DatasetId) => Promise<LoadedDataset>,
): StateCreator<Needs, [], [], DatasetSlice> {
  let calls = 0;
  let opening: Promise<void> = Promise.resolve();
  return (set, get, store) => {
    const change = (dataset: Partial<DatasetState>) => set({ dataset: { ...get().dataset, ...dataset } });

    async function open(id: DatasetId): Promise<void> {
      const call = ++calls;
      change({ status: 'loading', problem: null });
      get().followDataset(id);
      get().followWithFirstSample?.();
      try {
        const data = await load(id);
        if (call !== calls) return;
        change({ status: 'ready', data });
        if (get().values.forward.exampleIndex >= data.count) get().put(forwardGroup, { exampleIndex: 0 });
      } catch (error) {
        if (call === calls) change({ status: 'failed', problem: messageOf(error) });
      }
    }

    // The user, an undo or a link may have changed it.
    store.subscribe(({ values: { data } }, { values: before }) => {
      if (data.dataset !== before.data.dataset) opening = open(data.dataset);
    });

    return {
      dataset: { status: 'idle', problem: null, data: null },

      chooseDataset(id) {
        if (id === get().values.data.dataset) return open(id);
        get().change(chosen(id), dataGroup.rows.dataset.label);
        return opening;
      },

      openDataset(id) {
        if (id === get().values.data.dataset) return open(id);
        for (const { group, patch } of chosen(id)) get().put(group, patch as never);
        return opening;
      },

      toggleClass(label) {
        const { values, dataset } = get();
        const shown = new Set(values.shown.classFilter);
        if (!shown.delete(label)) shown.add(label);
        const all = shown.size === dataset.data?.classNames.length;
        get().set(shownGroup, { classFilter: all ? [] : [...shown].sort((a, b) => a - b) });
      },
    };
  };
}
