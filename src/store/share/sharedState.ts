import * as v from 'valibot';
import type { DatasetId } from '../../engine/data/datasets';
import { isDatasetId } from '../../engine/data/datasets';
import { type EncodedChoices, linkedGroups } from '../choices/encodedChoices';
import { forwardFields, samplingFields, seed } from '../choices/schemas';
import { levelsAgree, modelSettings, trainingSettings } from '../settingsSchema';

/** All that a link holds, by value: no default of the page decides what a link shows, so that it goes on to show the same. */
export const sharedState = v.object({
  dataset: v.custom<DatasetId>((id) => typeof id === 'string' && isDatasetId(id)),
  /** What the sender calls it. */
  title: v.pipe(v.string(), v.maxLength(200)),
  /** Whose model drew; null where there was none. */
  origin: v.nullable(v.picklist(['shipped', 'shippedByClass', 'own'])),
  model: v.pipe(
    v.omit(modelSettings, ['imageSize', 'imageChannels']),
    v.check((model) => levelsAgree(model)),
  ),
  training: trainingSettings,
  seed,
  sampling: v.object(samplingFields),
  forward: v.object(forwardFields),
  /** Settings of the views by their group; a page of before there were such links knows none. */
  views: v.object(
    Object.fromEntries(linkedGroups.map(([id, { schema }]) => [id, schema as v.GenericSchema])),
  ) as v.GenericSchema<EncodedChoices>,
});

export type SharedState = v.InferOutput<typeof sharedState>;

/**
 * What a link leaves out is as here. Never change a value: links of years ago mean these. A field that is new gets the value by
 * which the page behaved before it was there.
 */
export const base: SharedState = {
  dataset: 'digits',
  title: 'Digits',
  origin: 'shipped',
  model: {
    nChannels: 32,
    chMults: [1, 2],
    isAttn: [false, true],
    nBlocks: 1,
    nSteps: 1000,
    nGroups: 32,
    nFinalGroups: 8,
    dropout: 0,
    nClasses: 0,
    schedule: 'linear',
    objective: 'epsilon',
  },
  training: {
    batchSize: 64,
    learningRate: 2e-3,
    emaDecay: 0.995,
    classDropout: 0.1,
    lossWeight: undefined,
    snrGamma: undefined,
    steps: 4000,
    preview: { count: 16, samplerSteps: 25, seed: 1 },
  },
  seed: 1,
  sampling: {
    count: 16,
    seed: 1,
    sampler: 'ancestral',
    steps: 'all',
    spacing: 'even',
    variance: 'beta',
    eta: 0,
    clipX0: true,
    noiseAtEnd: false,
    weights: 'ema',
    classes: 'each',
    guidance: 2,
  },
  forward: { exampleIndex: 0, t: 200, noiseSeed: 1 },
  views: Object.fromEntries(linkedGroups.map(([id, group]) => [id, group.base])),
};
