import type { Evaluation } from './evaluateSamples';

/** What was measured of samples of a model after some of its training steps. */
export interface QualityPoint {
  step: number;
  /** Samples that were evaluated; only values of the same count can be compared. */
  count: number;
  /** NaN where the data set has no feature network; so are precision and recall. */
  frechet: number;
  precision: number;
  recall: number;
  /** Share of the samples that are nearer to a training image than the threshold. */
  memorised: number;
}

/** The history with one point more, in the order of the steps; of the same step the newest stays. */
export function withPoint(history: readonly QualityPoint[], point: QualityPoint): QualityPoint[] {
  const others = history.filter(({ step }) => step !== point.step);
  return [...others, point].sort((a, b) => a.step - b.step);
}

const unknown = { frechet: Number.NaN, precision: Number.NaN, recall: Number.NaN };

/** What a curve over the steps keeps of a result. */
export function pointOf(
  step: number,
  { features, distances, novelty }: Pick<Evaluation, 'features' | 'distances' | 'novelty'>,
): QualityPoint {
  const { frechet, precision, recall } = features?.model ?? unknown;
  const memorised = memorisedShare(distances, novelty.threshold);
  return { step, count: distances.length, frechet, precision, recall, memorised };
}

/** Share of the samples that are nearer to a training image than the threshold. */
export function memorisedShare(distances: Float64Array, threshold: number): number {
  return distances.filter((distance) => distance < threshold).length / distances.length;
}
