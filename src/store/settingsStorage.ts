import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../engine/data/datasets';
import { imageShape, initialSettings } from '../settings/defaultSettings';
import { soundValues } from '../settings/group';
import { dataGroup, shownGroup } from '../settings/groups/page';
import { trainingGroup } from '../settings/groups/training';
import type { KeptSettings, Settings } from '../settings/settings';
import { type FactsNeeds, factsOf, isKnown } from './datasetFacts';

/** Where settings outlive the page; localStorage there, a Map's worth of it in a test. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface StoredSettings {
  dataset: DatasetId;
  kept: KeptSettings;
  samplingShare: number;
  /** What else was chosen, as it differs from how the page begins. */
  choices?: Record<string, object>;
}

const key = 'settings';
/** Goes up whenever older settings can no longer be read. */
const version = 1;

const anyRecord = v.record(v.string(), v.unknown());
const stored = v.object({
  version: v.literal(version),
  dataset: v.fallback(v.pipe(v.string(), v.check(isDatasetId)), dataGroup.defaults.dataset),
  kept: v.fallback(anyRecord, {}),
  samplingShare: v.optional(v.unknown()),
  choices: v.fallback(v.optional(anyRecord, {}), {}),
});

/**
 * What was saved last. Null where there is nothing, or nothing that can be read. A value that is not sound is as the page
 * begins, and takes no other with it; data sets of the user's own that are not known any more are left out.
 */
export function readSettings(storage: SettingsStorage, known: FactsNeeds = {}): StoredSettings | null {
  const result = v.safeParse(stored, readJson(storage));
  if (!result.success) return null;
  const kept: KeptSettings = {};
  for (const [id, entry] of Object.entries(result.output.kept)) {
    if (isDatasetId(id) && isKnown(known, id) && typeof entry === 'object' && entry !== null)
      kept[id] = soundSettings(id, entry, known);
  }
  const { values } = soundValues(shownGroup, result.output, shownGroup.defaults);
  const dataset = result.output.dataset as DatasetId;
  return {
    dataset: isKnown(known, dataset) ? dataset : dataGroup.defaults.dataset,
    kept,
    samplingShare: values.samplingShare,
    choices: result.output.choices as Record<string, object>,
  };
}

/** The settings of a data set as far as they are sound, the rest at its defaults. */
function soundSettings(id: DatasetId, entry: object, known: FactsNeeds): Settings {
  const facts = factsOf(known, id);
  const initial = initialSettings(id, facts);
  const { values } = soundValues(trainingGroup, entry, initial);
  const { chMults, isAttn } =
    values.model.chMults.length === values.model.isAttn.length ? values.model : initial.model;
  return { ...values, model: { ...values.model, chMults, isAttn, ...imageShape(facts) } } as Settings;
}

/** Saves for the next visit; a storage that is full or forbidden is none of the user's concern. */
export function writeSettings(storage: SettingsStorage, value: StoredSettings): void {
  try {
    storage.setItem(key, JSON.stringify({ version, ...value }));
  } catch {
    // The page works without.
  }
}

function readJson(storage: SettingsStorage): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** The browser's storage, or one that keeps nothing where it is forbidden. */
export function pageStorage(): SettingsStorage {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}
