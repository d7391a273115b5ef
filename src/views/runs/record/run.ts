import * as v from 'valibot';
import { type DatasetId, isDatasetId } from '../../../engine/data/datasets';
import { plainName } from '../../../engine/names';
import { configProblems, type ModelConfig } from '../../../engine/unet/config';
import { trainingSchemas } from '../../../settings/groups/training';
import type { Settings, TrainingSettings } from '../../../settings/settings';

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.transform(plainName), v.maxLength(200));
/** JSON has no NaN. */
const known = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);

const shape = v.object({
  imageSize: v.pipe(whole, v.minValue(1), v.maxValue(256)),
  imageChannels: v.pipe(whole, v.minValue(1), v.maxValue(4)),
});
const settings = v.object({
  model: v.pipe(
    v.intersect([trainingSchemas.model as v.GenericSchema<unknown, object>, shape]),
    v.transform((model) => model as ModelConfig),
    v.check((model) => configProblems(model).length === 0, 'its model cannot be built'),
  ),
  training: trainingSchemas.training as v.GenericSchema<unknown, TrainingSettings>,
  seed: trainingSchemas.seed,
}) as v.GenericSchema<unknown, Settings>;

/** What was measured of a run's samples; null where the data set has no feature network. */
const quality = v.object({
  step: whole,
  /** Samples that were evaluated. */
  count: whole,
  frechet: v.nullable(finite),
  precision: v.nullable(finite),
  recall: v.nullable(finite),
  memorised: v.nullable(finite),
});
export type RunQuality = v.InferOutput<typeof quality>;

const difference = { path: v.string(), before: v.optional(v.unknown()), after: v.optional(v.unknown()) };

/** What is known of a run without its curves and samples. */
export const factsSchema = v.object({
  id: v.string(),
  name,
  /** Index of its colour on the page. */
  colour: v.pipe(whole, v.maxValue(5)),
  pinned: v.boolean(),
  /** Milliseconds since 1970, no later than any Date can be. */
  startedAt: v.pipe(whole, v.maxValue(8.64e15)),
  updatedAt: v.pipe(whole, v.maxValue(8.64e15)),
  dataset: v.nullable(v.custom<DatasetId>((id) => typeof id === 'string' && isDatasetId(id))),
  /** Title of its data set. */
  title: name,
  /** As it began. */
  settings,
  /** What is not as in the run before it on the same data set; null where there was none. */
  differs: v.nullable(v.array(v.object(difference))),
  /** The run that it went on from, and at which step. */
  from: v.nullable(v.object({ name, step: whole })),
  step: whole,
  /** Time in training. */
  seconds: v.pipe(finite, v.minValue(0)),
  /** Mean of the last hundred losses, and the last on held-out images. */
  loss: v.nullable(finite),
  heldOut: v.nullable(finite),
  parameters: whole,
  backend: name,
  device: name,
  /** Whether it ended because its loss was no number any more. */
  diverged: v.boolean(),
  /** In the order of the steps; none in files of before. */
  quality: v.optional(v.pipe(v.array(quality), v.maxLength(1000)), () => []),
});
export type RunFacts = v.InferOutput<typeof factsSchema>;

const losses = v.pipe(
  v.object({
    before: whole,
    end: whole,
    interval: v.pipe(whole, v.minValue(1)),
    mean: v.array(known),
    least: v.array(known),
    greatest: v.array(known),
  }),
  v.check(
    ({ mean, least, greatest }) => mean.length === least.length && mean.length === greatest.length,
    'its losses are not of one length',
  ),
);

const sample = v.pipe(
  v.object({
    step: whole,
    count: v.pipe(whole, v.minValue(1), v.maxValue(64)),
    size: v.pipe(whole, v.minValue(1), v.maxValue(256)),
    channels: v.picklist([1, 3]),
    images: v.pipe(v.string(), v.regex(/^[\w-]*$/)),
  }),
  v.check(
    ({ count, size, channels, images }) =>
      Math.floor((images.length * 3) / 4) === count * size * size * channels,
    'the images of a sample are cut off',
  ),
);

/** The curves and samples of a run. */
export const bodySchema = v.object({
  /** The first losses, by which a run is told from others. */
  head: v.array(known),
  losses,
  heldOut: v.array(v.object({ step: whole, loss: known })),
  /** Seconds in training after some of the steps, ascending. */
  times: v.array(v.object({ step: whole, seconds: finite })),
  /** Mean squared error in equal intervals of t; null before the first step of a visit. */
  lossByTime: v.nullable(v.array(known)),
  /** Settings that were changed on the way. */
  marks: v.array(v.object({ ...difference, step: whole })),
  samples: v.array(sample),
});
export type RunBody = v.InferOutput<typeof bodySchema>;

/** A run with all that is kept of it but its checkpoint. */
export interface Run {
  facts: RunFacts;
  body: RunBody;
}

/** A curve as bytes, and back; throws for what is no body of a run. */
export function bodyToBytes(body: RunBody): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(body));
}

export function bodyFromBytes(bytes: Uint8Array): RunBody {
  return v.parse(bodySchema, JSON.parse(new TextDecoder().decode(bytes)));
}
