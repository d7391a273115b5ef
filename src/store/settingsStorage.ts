import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../engine/data/datasets';
import { samplingShares } from '../worker/samplingShare';
import type { EncodedChoices } from './choices/encodedChoices';
import { type FactsNeeds, factsOf, isKnown } from './datasetFacts';
import { initialDatasetId } from './datasetSlice';
import { pictureShape } from './defaultSettings';
import type { KeptSettings } from './settings';
import { settings } from './settingsSchema';

/** Where settings outlive the page; localStorage there, a Map's worth of it in a test. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface StoredSettings {
  dataset: DatasetId;
  kept: KeptSettings;
  samplingShare: number;
  /** What else was chosen, as it differs from how the page begins. */
  choices?: EncodedChoices;
}

const key = 'settings';
/** Goes up whenever older settings can no longer be read. */
const version = 1;

const stored = v.object({
  version: v.literal(version),
  dataset: v.pipe(v.string(), v.check(isDatasetId)),
  kept: v.record(v.string(), v.unknown()),
  samplingShare: v.optional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(samplingShares.most)),
    samplingShares.default,
  ),
  choices: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
});

/**
 * What was saved last. Null where there is nothing, or nothing that can be read; data sets whose entry is broken, or of the
 * user's own ones that are not known any more, are left out.
 */
export function readSettings(storage: SettingsStorage, known: FactsNeeds = {}): StoredSettings | null {
  const result = v.safeParse(stored, readJson(storage));
  if (!result.success) return null;
  const kept: KeptSettings = {};
  for (const [id, entry] of Object.entries(result.output.kept)) {
    const parsed = v.safeParse(settings, entry);
    if (!isDatasetId(id) || !isKnown(known, id) || !parsed.success) continue;
    kept[id] = { ...parsed.output, model: { ...parsed.output.model, ...pictureShape(factsOf(known, id)) } };
  }
  const { samplingShare, choices } = result.output;
  const dataset = result.output.dataset as DatasetId;
  return { dataset: isKnown(known, dataset) ? dataset : initialDatasetId, kept, samplingShare, choices };
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
