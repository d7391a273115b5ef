import * as v from 'valibot';
import type { DatasetId } from '../../engine/data/datasets';
import { isDatasetId } from '../../engine/data/datasets';
import { largestGuidance } from '../../engine/diffusion/guidance';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { spacings } from '../../engine/diffusion/samplers/spacings';
import { keyOf, levelsAgree, modelSettings, trainingSettings, whole } from '../settingsSchema';

const seed = whole(0, 2 ** 32 - 1);

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
  sampling: v.object({
    count: whole(1, 64),
    seed,
    sampler: keyOf(samplers),
    steps: v.union([whole(1, 10_000), v.literal('all')]),
    spacing: keyOf(spacings),
    variance: v.picklist(['beta', 'betaTilde']),
    eta: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    clipX0: v.boolean(),
    noiseAtEnd: v.boolean(),
    weights: v.picklist(['ema', 'raw']),
    classes: v.union([v.picklist(['each', 'none']), whole(0, 999)]),
    guidance: v.pipe(v.number(), v.minValue(0), v.maxValue(largestGuidance)),
  }),
  forward: v.object({ exampleIndex: whole(0, 1e9), t: whole(0, 10_000), noiseSeed: seed }),
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
};
