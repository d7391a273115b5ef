import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../engine/data/datasets';
import { isLossWeight } from '../engine/diffusion/lossWeights/lossWeights';
import { objectives } from '../engine/diffusion/objectives/objectives';
import { isSchedule } from '../engine/diffusion/schedules/schedules';
import { samplingShares } from '../worker/samplingShare';
import { type FactsNeeds, factsOf, isKnown } from './datasetFacts';
import { initialDatasetId } from './datasetSlice';
import { pictureShape } from './defaultSettings';
import type { KeptSettings } from './settings';

/** Where settings outlive the page; localStorage there, a Map's worth of it in a test. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface StoredSettings {
  dataset: DatasetId;
  kept: KeptSettings;
  samplingShare: number;
}

const key = 'settings';
/** Goes up whenever older settings can no longer be read. */
const version = 1;

const whole = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

/** Wide enough for whatever the controls let through: what is wrong within these bounds is said at the control. */
const settings = v.object({
  model: v.pipe(
    v.object({
      imageChannels: whole(1, 4),
      imageSize: whole(1, 256),
      nChannels: whole(1, 1024),
      chMults: v.pipe(v.array(whole(1, 8)), v.minLength(1), v.maxLength(8)),
      isAttn: v.array(v.boolean()),
      nBlocks: whole(1, 8),
      nSteps: whole(2, 10_000),
      nGroups: whole(1, 256),
      nFinalGroups: whole(1, 256),
      dropout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)),
      nClasses: whole(0, 1000),
      schedule: v.pipe(v.string(), v.check(isSchedule)),
      objective: v.pipe(
        v.string(),
        v.check((id) => Object.hasOwn(objectives, id)),
      ),
    }),
    v.check(({ chMults, isAttn }) => chMults.length === isAttn.length),
  ),
  training: v.object({
    batchSize: whole(1, 1e6),
    learningRate: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    emaDecay: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    classDropout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.1),
    lossWeight: v.optional(v.pipe(v.string(), v.check(isLossWeight))),
    snrGamma: v.optional(v.pipe(v.number(), v.minValue(0))),
    steps: whole(1, 1e9),
    preview: v.object({
      count: whole(1, 64),
      samplerSteps: whole(1, 10_000),
      seed: whole(0, 2 ** 32 - 1),
    }),
  }),
  seed: whole(0, 2 ** 32 - 1),
});

const stored = v.object({
  version: v.literal(version),
  dataset: v.pipe(v.string(), v.check(isDatasetId)),
  kept: v.record(v.string(), v.unknown()),
  samplingShare: v.optional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(samplingShares.most)),
    samplingShares.default,
  ),
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
  const { samplingShare } = result.output;
  const dataset = result.output.dataset as DatasetId;
  return { dataset: isKnown(known, dataset) ? dataset : initialDatasetId, kept, samplingShare };
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
