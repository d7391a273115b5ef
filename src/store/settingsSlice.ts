import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import type { ModelConfig } from '../engine/unet/config';
import { initialSettings } from '../settings/defaultSettings';
import { trainingGroup } from '../settings/groups/training';
import { at, type Patch } from '../settings/path';
import type { KeptSettings, Settings, TrainingSettings } from '../settings/settings';
import { type FactsNeeds, factsOf } from './datasetFacts';
import type { ValuesSlice } from './valuesSlice';

/** Every data set has settings of its own; those of the one on the page are the values of `trainingGroup`. */
export interface SettingsSlice {
  /** Settings of all data sets that ever differed from the defaults. */
  kept: KeptSettings;
  /** Brings back the settings of a data set, or its defaults. */
  followDataset(id: DatasetId): void;
  /** Takes over the settings of a model that came back, unless some were kept for its data set. */
  keepSettings(id: DatasetId, settings: Omit<Settings, 'seed'>): void;
  /** Takes over the settings of a model that someone brought, in place of those for its data set. */
  takeSettings(id: DatasetId, model: ModelConfig, training: Partial<TrainingSettings>): void;
  /** Puts settings in place of those of a data set, and shows them. */
  replaceSettings(id: DatasetId, settings: Settings): void;
  /** All settings of this data set at their defaults again. */
  restoreDefaults(): void;
}

type Needs = SettingsSlice & ValuesSlice & FactsNeeds;

/** The slice with what was kept from an earlier visit. */
export function createSettingsSlice(kept: KeptSettings = {}): StateCreator<Needs, [], [], SettingsSlice> {
  return (set, get, store) => {
    let following = false;
    const initial = (id: DatasetId) => initialSettings(id, factsOf(get(), id));
    const follow = (settings: Settings) => {
      following = true;
      set({ values: { ...get().values, settings } });
      following = false;
    };
    const keep = (id: DatasetId, settings: Settings) => {
      set({ kept: { ...get().kept, [id]: settings } });
      if (id === get().values.data.dataset) follow(settings);
    };

    store.subscribe(({ values }, before) => {
      if (following || values.settings === before.values.settings) return;
      set({ kept: { ...get().kept, [values.data.dataset]: values.settings } });
    });

    return {
      kept,

      followDataset: (id) => follow(get().kept[id] ?? initial(id)),

      keepSettings(id, settings) {
        if (get().kept[id]) return;
        const defaults = initial(id);
        // A single step has a target of its own, which nobody chose.
        const steps = Math.max(settings.training.steps, defaults.training.steps);
        keep(id, { ...defaults, ...settings, training: { ...settings.training, steps } });
      },

      takeSettings(id, model, training) {
        const before = get().kept[id] ?? initial(id);
        keep(id, { ...before, model, training: { ...before.training, ...training } });
      },

      replaceSettings(id, settings) {
        set({ kept: { ...get().kept, [id]: settings }, drafts: {} });
        follow(settings);
      },

      restoreDefaults() {
        const defaults = initial(get().values.data.dataset);
        const paths = Object.keys(trainingGroup.rows);
        const patch = Object.fromEntries(paths.map((path) => [path, at(defaults, path)]));
        get().set(trainingGroup, patch as Patch<Settings>, 'All settings at their defaults');
      },
    };
  };
}
