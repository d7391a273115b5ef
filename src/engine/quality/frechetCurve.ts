import type { Dataset } from '../data/dataset';
import { type SamplerId, samplers, stepsWithin } from '../diffusion/samplers/samplers';
import { FEATURES } from './definitions';
import { drawSamples, type EvaluatedModel, referenceOf, type SampleChoice } from './evaluateSamples';
import { extractFeatures } from './extractor';
import type { FeatureFile } from './featureFile';
import { frechetDistance, momentsOf } from './frechet';

/** Network evaluations that are tried: each twice as many as the one before. */
export const usualEvaluations = [1, 2, 4, 8, 16, 32, 64] as const;

export interface CurveChoice extends Pick<SampleChoice, 'count' | 'guidance'> {
  samplers: readonly SamplerId[];
  /** What each sampler may ask of the network; it takes as many steps as that allows. */
  evaluations: readonly number[];
  /** Each draws samples of its own from each point of the curve. */
  seeds: readonly number[];
}

/** How far samples are from the data set for what they cost. */
export interface FrechetPoint {
  sampler: SamplerId;
  steps: number;
  /** Of the network, an image. */
  evaluations: number;
  /** Squared Fréchet distance of the samples of each seed. */
  distances: number[];
}

/** Evaluations done, of all; with a point where one was just reached. */
export interface CurveReport {
  done: number;
  total: number;
  point: FrechetPoint | null;
}

/** The runs of a curve: samplers in order, each with growing numbers of steps; what two budgets have in common once. */
export function runsOf(
  { samplers: ids, evaluations }: Pick<CurveChoice, 'samplers' | 'evaluations'>,
  nSteps: number,
) {
  return ids.flatMap((sampler) => {
    const steps = evaluations.map((most) => stepsWithin(sampler, most, nSteps)).filter((count) => count > 0);
    return [...new Set(steps)].sort((a, b) => a - b).map((count) => ({ sampler, steps: count }));
  });
}

/** Fréchet distance of a model's samples against the network evaluations that they cost. Yields after every step. */
export async function* frechetCurve(
  model: EvaluatedModel,
  choice: CurveChoice,
  dataset: Dataset,
  file: FeatureFile,
): AsyncGenerator<CurveReport, void, void> {
  const runs = runsOf(choice, model.config.nSteps).map((run) => ({
    ...run,
    evaluations: samplers[run.sampler].evaluations(run.steps),
  }));
  const total = choice.seeds.length * runs.reduce((sum, { evaluations }) => sum + evaluations, 0);
  const { count, guidance } = choice;
  let before = 0;
  for (const { sampler, steps, evaluations } of runs) {
    const distances: number[] = [];
    for (const seed of choice.seeds) {
      const { total: taken, way } = drawSamples(model, { count, guidance, seed, sampler, steps }, dataset);
      let samples: Float32Array = new Float32Array();
      let step = 0;
      for await (const { x } of way) {
        samples = x;
        yield { done: before + Math.floor((++step / taken) * evaluations), total, point: null };
      }
      before += evaluations;
      const { training } = await referenceOf(dataset, file, count, model);
      const features = await extractFeatures(model.operations, file, samples, model.inTurn);
      distances.push(frechetDistance(training, momentsOf(features, FEATURES)));
    }
    yield { done: before, total, point: { sampler, steps, evaluations, distances } };
  }
}

/** The points as a table: what they cost, ascending, and for each sampler its point at each cost. */
export function curveTable(points: readonly FrechetPoint[]) {
  const costs = [...new Set(points.map(({ evaluations }) => evaluations))].sort((a, b) => a - b);
  const rows = [...new Set(points.map(({ sampler }) => sampler))].map((sampler) => {
    const own = points.filter((point) => point.sampler === sampler);
    return { sampler, cells: costs.map((cost) => own.find(({ evaluations }) => evaluations === cost)) };
  });
  return { costs, rows };
}

/** "5.69 ± 0.20", mean and standard deviation; of one value "5.69". */
export function spreadText(values: readonly number[], format: (value: number) => string): string {
  const { mean, deviation } = spreadOf(values);
  return values.length > 1 ? `${format(mean)} ± ${format(deviation)}` : format(mean);
}

/** Mean and standard deviation; the deviation of one value is 0. */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
