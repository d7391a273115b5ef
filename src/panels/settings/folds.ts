import * as v from 'valibot';
import { create } from 'zustand';
import { pageStorage, type SettingsStorage } from '../../store/settingsStorage';

export interface Folds {
  /** Ids of the groups of settings that are open. */
  open: readonly string[];
  setOpen(id: string, open: boolean): void;
}

const key = 'folds';
const stored = v.fallback(v.array(v.string()), []);

/** Which groups of settings are open, kept in the storage from visit to visit. */
export function createFolds(storage: SettingsStorage) {
  return create<Folds>()((set, get) => ({
    open: readOpen(storage),
    setOpen(id, open) {
      const others = get().open.filter((one) => one !== id);
      set({ open: open ? [...others, id] : others });
      try {
        storage.setItem(key, JSON.stringify(get().open));
      } catch {
        // Not remembered, but open.
      }
    },
  }));
}

export const useFolds = createFolds(pageStorage());

function readOpen(storage: SettingsStorage): readonly string[] {
  try {
    return v.parse(stored, JSON.parse(storage.getItem(key) ?? '[]'));
  } catch {
    return [];
  }
}
