import * as v from 'valibot';
import { largestGuidance } from '../../engine/diffusion/guidance';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { spacings } from '../../engine/diffusion/samplers/spacings';
import { keyOf, whole } from '../settingsSchema';

// What several views let choose.

export const seed = whole(0, 2 ** 32 - 1);
export const time = whole(0, 10_000);
export const index = whole(0, 1e9);
export const count = whole(1, 64);
export const steps = v.union([whole(1, 10_000), v.literal('all')]);
export const between = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most));
export const guidance = between(0, largestGuidance);
export const variance = v.picklist(['beta', 'betaTilde']);
export const sampler = keyOf(samplers);

/** A sampler with all that it heeds. */
export const samplerFields = {
  sampler,
  steps,
  spacing: keyOf(spacings),
  variance,
  eta: between(0, 1),
  noiseAtEnd: v.boolean(),
};

/** All that the playground lets choose for sampling. */
export const samplingFields = {
  ...samplerFields,
  count,
  seed,
  clipX0: v.boolean(),
  weights: v.picklist(['ema', 'raw']),
  classes: v.union([v.picklist(['each', 'none']), whole(0, 999)]),
  guidance,
};

export const forwardFields = { exampleIndex: index, t: time, noiseSeed: seed };
