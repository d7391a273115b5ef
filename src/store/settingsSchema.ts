import * as v from 'valibot';
import { isLossWeight } from '../engine/diffusion/lossWeights/lossWeights';
import { objectives } from '../engine/diffusion/objectives/objectives';
import { isSchedule } from '../engine/diffusion/schedules/schedules';
import type { ModelConfig } from '../engine/unet/config';

// Wide enough for whatever the controls let through: what is wrong within these bounds is said at the control.

/** A whole number within bounds. */
export const whole = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

/** An id of a table. */
export const keyOf = <Table extends object>(table: Table) =>
  v.custom<keyof Table>((id) => typeof id === 'string' && Object.hasOwn(table, id));

/** Settings of a new model, as storages and links hold them. */
export const modelSettings = v.object({
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
});

/** Whether each level says if it has attention. */
export function levelsAgree({ chMults, isAttn }: Pick<ModelConfig, 'chMults' | 'isAttn'>): boolean {
  return chMults.length === isAttn.length;
}

/** Settings of a run. */
export const trainingSettings = v.object({
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
});

export const settings = v.object({
  model: v.pipe(
    modelSettings,
    v.check((model) => levelsAgree(model)),
  ),
  training: trainingSettings,
  seed: whole(0, 2 ** 32 - 1),
});
