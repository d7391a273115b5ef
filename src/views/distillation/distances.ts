import { type EvaluatedModel, referenceOf } from '../../engine/quality/evaluateSamples';
import { featuresOf } from '../../engine/quality/featureFile';
import { type CurveChoice, type FrechetPoint, frechetCurve } from '../../engine/quality/frechetCurve';
import type { StudyEnvironment } from '../../engine/study/study';

import type { DistillationChoices } from './settings';
import { studentSampler } from './studentSampler';

/** Squared Fréchet distances of `count` samples from the training images; `floor` is that of held-out images. */
export interface Distances {
  count: number;
  floor: number;
  teacher: number;
  teacherInFew: number;
  student: number;
  /** Of noise. */
  ceiling: number;
}

/** Measures teacher and student, and yields after every sampling step; null of a data set without a feature network. */
export async function* measureDistances(
  teacher: StudyEnvironment,
  student: StudyEnvironment,
  { samples: count, seed, guidance, teacherSteps, studentSteps }: DistillationChoices,
): AsyncGenerator<{ done: number; total: number }, Distances | null, void> {
  const dataset = teacher.dataset();
  const file = await featuresOf(dataset.id, teacher.readModel);
  if (!file) return null;
  const common = { count, samplers: [studentSampler.sampler], seeds: [seed] };
  const runs: [StudyEnvironment, CurveChoice][] = [
    [teacher, { ...common, guidance, evaluations: [studentSteps, teacherSteps] }],
    [student, { ...common, guidance: 0, evaluations: [studentSteps] }],
  ];
  const total = (teacherSteps === studentSteps ? 0 : teacherSteps) + 2 * studentSteps;
  const points: FrechetPoint[] = [];
  let before = 0;
  for (const [model, choice] of runs) {
    let reached = 0;
    for await (const { done, point } of frechetCurve(evaluated(model), choice, dataset, file)) {
      if (point) points.push(point);
      reached = done;
      yield { done: before + done, total };
    }
    before += reached;
  }
  const { floor, ceiling } = await referenceOf(dataset, file, count, teacher);
  const distanceOf = (point: FrechetPoint | undefined) => point?.distances[0] as number;
  return {
    count,
    floor: floor.frechet,
    // The curve of the teacher goes from few steps to many, and that of the student comes after it.
    teacherInFew: distanceOf(points[0]),
    teacher: distanceOf(points.at(-2)),
    student: distanceOf(points.at(-1)),
    ceiling: ceiling.frechet,
  };
}

function evaluated(model: StudyEnvironment): EvaluatedModel {
  const denoiser: EvaluatedModel['denoiser'] = (conditions) =>
    conditions ? model.denoiseAs(conditions) : model.denoise;
  return { ...model, denoiser };
}
