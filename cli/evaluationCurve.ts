import type { Dataset } from '../src/engine/data/dataset';
import { generalSamplers, type SamplerId, samplerOf } from '../src/engine/diffusion/samplers/samplers';
import type { EvaluatedModel } from '../src/engine/quality/evaluateSamples';
import type { FeatureFile } from '../src/engine/quality/featureFile';
import {
  type CurveChoice,
  curveTable,
  type FrechetPoint,
  frechetCurve,
  spreadText,
  usualEvaluations,
} from '../src/engine/quality/frechetCurve';
import { UsageError } from './errors';
import { wholeNumber } from './numbers';
import { Progress } from './progress';
import { textTable } from './textTable';

export const curveOptions = {
  evaluations: {
    value: 'N,N,…',
    description: `In place of all that: the Fréchet distance of each sampler (or of --sampler) when it asks the network so often for an image, such as ${usualEvaluations.join(',')}.`,
  },
  seeds: {
    value: 'N',
    description: 'With --evaluations: seeds from --seed on, whose spread is said (1 to 20; by default 1).',
  },
};

interface CurveWords {
  evaluations: string | undefined;
  seeds: string | undefined;
  /** As the settings were given. */
  given: { sampler?: SamplerId; steps?: unknown };
  seed: number;
}

/** What --evaluations asks for; null where it is not given. Throws UsageError. */
export function curveChoice({
  evaluations,
  seeds,
  given: { sampler, steps },
  seed,
}: CurveWords): Pick<CurveChoice, 'samplers' | 'evaluations' | 'seeds'> | null {
  if (evaluations === undefined) {
    if (seeds !== undefined) throw new UsageError('--seeds goes with --evaluations.');
    return null;
  }
  if (steps !== undefined) throw new UsageError('--steps follows from --evaluations: give one of them.');
  const count = wholeNumber('seeds', seeds ?? '1', 1, 20);
  return {
    samplers: sampler === undefined ? generalSamplers : [sampler],
    evaluations: evaluations.split(',').map((text) => wholeNumber('evaluations', text.trim(), 1, 10_000)),
    seeds: Array.from({ length: count }, (_, i) => (seed + i) % 2 ** 32),
  };
}

/** All points of the curve, with its progress on stderr. */
export async function measureCurve(
  model: EvaluatedModel,
  choice: CurveChoice,
  images: Dataset,
  features: FeatureFile,
): Promise<FrechetPoint[]> {
  const points: FrechetPoint[] = [];
  let progress: Progress | undefined;
  try {
    for await (const { done, total, point } of frechetCurve(model, choice, images, features)) {
      progress ??= new Progress('Sampling', total);
      progress.update(done);
      if (point) points.push(point);
    }
  } finally {
    progress?.stop();
  }
  return points;
}

/** The points as a table: a row for each sampler, a column for each number of network evaluations. */
export function curveText(points: readonly FrechetPoint[], title: string): string {
  const { costs, rows } = curveTable(points);
  const lines = rows.map(({ sampler, cells }) => [
    samplerOf(sampler).title,
    ...cells.map((point) => (point ? spreadText(point.distances, (value) => value.toFixed(2)) : '')),
  ]);
  return `${title}\n${textTable([['evaluations', ...costs.map(String)], ...lines])}`;
}
