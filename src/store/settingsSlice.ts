import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import type { ModelConfig } from '../engine/unet/config';
import type { PreviewSettings, TrainingSettings } from '../worker/protocol';
import { type FactsNeeds, factsOf } from './datasetFacts';
import { initialSettings } from './defaultSettings';
import type { KeptSettings, SettingField, Settings } from './settings';

export interface SettingsState extends Settings {
  /** The data set that model and training are for. */
  dataset: DatasetId;
  /** Settings of all data sets that ever differed from the defaults. */
  kept: KeptSettings;
  /** What is typed but not valid, a message a control; the value before stays in use. */
  drafts: Partial<Record<SettingField, string>>;
}

export interface SettingsSlice {
  settings: SettingsState;
  /** Brings back the settings of a data set, or its defaults. */
  followDataset(id: DatasetId): void;
  /** Takes over the settings of a model that came back, unless some were kept for its data set. */
  keepSettings(id: DatasetId, settings: Omit<Settings, 'seed'>): void;
  /** Takes over the settings of a model that someone brought, in place of those for its data set. */
  takeSettings(id: DatasetId, model: ModelConfig, training: Partial<TrainingSettings>): void;
  /** Puts settings in place of those of a data set, and shows them. */
  replaceSettings(id: DatasetId, settings: Settings): void;
  changeModel(model: Partial<ModelConfig>): void;
  changeTraining(training: Partial<TrainingSettings>): void;
  changePreview(preview: Partial<PreviewSettings>): void;
  changeSeed(seed: number): void;
  /** Notes that a control holds something that cannot be used, or (null) no longer does. */
  noteDraft(field: SettingField, problem: string | null): void;
  /** All settings of this data set at their defaults again. */
  restoreDefaults(): void;
}

/** The slice with what was kept from an earlier visit; `known` are the facts of the user's own data sets. */
export function createSettingsSlice(
  dataset: DatasetId,
  kept: KeptSettings = {},
  known: FactsNeeds = {},
): StateCreator<SettingsSlice & FactsNeeds, [], [], SettingsSlice> {
  return (set, get) => {
    const put = (state: Partial<SettingsState>) => set({ settings: { ...get().settings, ...state } });
    const initial = (id: DatasetId, facts: FactsNeeds = get()) => initialSettings(id, factsOf(facts, id));
    const change = (settings: Partial<Settings>) => {
      const { settings: before } = get();
      const { model, training, seed } = { ...before, ...settings };
      put({ ...settings, kept: { ...before.kept, [before.dataset]: { model, training, seed } } });
    };
    return {
      settings: { dataset, kept, drafts: {}, ...(kept[dataset] ?? initial(dataset, known)) },

      followDataset(id) {
        put({ dataset: id, ...(get().settings.kept[id] ?? initial(id)) });
      },

      keepSettings(id, settings) {
        const { kept, dataset } = get().settings;
        if (kept[id]) return;
        const usual = initial(id);
        // A single step has a target of its own, which nobody chose.
        const steps = Math.max(settings.training.steps, usual.training.steps);
        const training = { ...settings.training, steps };
        put({ kept: { ...kept, [id]: { ...usual, ...settings, training } } });
        if (id === dataset) get().followDataset(id);
      },

      takeSettings(id, model, training) {
        const { kept, dataset } = get().settings;
        const before = kept[id] ?? initial(id);
        const settings = { ...before, model, training: { ...before.training, ...training } };
        put({ kept: { ...kept, [id]: settings } });
        if (id === dataset) get().followDataset(id);
      },

      replaceSettings(id, settings) {
        put({ kept: { ...get().settings.kept, [id]: settings }, drafts: {} });
        get().followDataset(id);
      },

      changeModel: (model) => change({ model: { ...get().settings.model, ...model } }),
      changeTraining: (training) => change({ training: { ...get().settings.training, ...training } }),
      changePreview(preview) {
        const { training } = get().settings;
        change({ training: { ...training, preview: { ...training.preview, ...preview } } });
      },
      changeSeed: (seed) => change({ seed }),

      noteDraft(field, problem) {
        const { [field]: noted, ...others } = get().settings.drafts;
        if ((noted ?? null) === problem) return;
        put({ drafts: problem === null ? others : { ...others, [field]: problem } });
      },

      restoreDefaults() {
        const { dataset, kept } = get().settings;
        const { [dataset]: _, ...others } = kept;
        put({ ...initial(dataset), kept: others });
      },
    };
  };
}
