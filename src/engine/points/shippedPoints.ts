import type { PointSource } from './pointData';
import type { PointModelConfig, PointTrainerSettings } from './pointModel';
import type { PointSetDefinition } from './sets/pointSet';
import { type PointSetId, pointSets } from './sets/pointSets';

/** Data, network and training run that the view of two dimensions begins with; the models that ship have the same. */
export const usualPoints = {
  count: 256,
  noise: 0.08,
  model: { layers: 3, width: 96, nSteps: 200, schedule: 'cosine' },
  trainer: { batchSize: 256, learningRate: 3e-3, emaDecay: 0.995 },
} as const satisfies {
  count: number;
  noise: number;
  model: PointModelConfig;
  trainer: PointTrainerSettings;
};

/** The sets of points whose trained model ships. To add one: its id here, then `tools/models/make.ts points`. */
export const shippedPointSets = ['moons', 'spiral', 'rings', 'gaussianGrid'] as const satisfies PointSetId[];

export type ShippedPointsId = (typeof shippedPointSets)[number];

/** Name of a set's file in `public/models`. */
export function pointsFileName(set: ShippedPointsId): string {
  return `points-${set}.safetensors`;
}

/** The set whose shipped model has learned just this data with just this network; null where there is none. */
export function shippedPointsFor(
  source: PointSource,
  noise: number,
  model: PointModelConfig,
): ShippedPointsId | null {
  if (!('set' in source) || noise !== usualPoints.noise) return null;
  const { fixedCount }: PointSetDefinition = pointSets[source.set];
  if (fixedCount === undefined && source.count !== usualPoints.count) return null;
  const fields = Object.keys(usualPoints.model) as (keyof PointModelConfig)[];
  if (fields.some((field) => model[field] !== usualPoints.model[field])) return null;
  return shippedPointSets.find((set) => set === source.set) ?? null;
}
