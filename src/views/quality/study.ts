import { largestGuidance } from '../../engine/diffusion/guidance';
import { samplers } from '../../engine/diffusion/samplers/samplers';
import { counts } from '../../engine/quality/definitions';
import {
  drawSamples,
  type EvaluatedModel,
  type Evaluation,
  evaluateSamples,
  type SampleChoice,
} from '../../engine/quality/evaluateSamples';
import { featuresOf } from '../../engine/quality/featureFile';
import { mostSamples } from '../../engine/quality/metrics';
import type { Study } from '../../engine/study/study';

/** How far it is: of `total` pieces of work of a stage, `done` are done. */
export interface QualityReport {
  stage: 'sampling' | 'comparing';
  done: number;
  total: number;
}

export interface QualityResult extends Evaluation {
  /** Images NHWC. */
  samples: Float32Array;
}

/** Draws samples and says how good, how varied and how new they are; null where nobody wants the rest. */
export const quality: Study<SampleChoice, QualityResult | null, QualityReport> = async (
  means,
  request,
  tell,
) => {
  const dataset = means.dataset();
  checkRequest(request, mostSamples(dataset));
  const denoiser: EvaluatedModel['denoiser'] = (conditions) =>
    conditions ? means.denoiseAs(conditions) : means.denoise;
  const { total, way } = drawSamples({ ...means, denoiser }, request, dataset);
  let samples = new Float32Array();
  let done = 0;
  if (!(await tell({ stage: 'sampling', done, total }))) return null;
  for await (const { x } of way) {
    samples = Float32Array.from(x);
    if (!(await tell({ stage: 'sampling', done: ++done, total }))) return null;
  }
  if (!(await tell({ stage: 'comparing', done: 0, total: 1 }))) return null;
  const file = await featuresOf(dataset.id, means.readModel);
  const evaluation = await evaluateSamples(samples, dataset, file, {
    ...means,
    denoiser,
  });
  return { ...evaluation, samples };
};

function checkRequest({ count, seed, sampler, steps, guidance }: SampleChoice, most: number): void {
  const whole = (what: string, value: number, least: number, limit: number) => {
    if (Number.isInteger(value) && value >= least && value <= limit) return;
    throw new Error(`${what} must be a whole number from ${least} to ${limit}, not ${value}.`);
  };
  if (most < counts.least) {
    throw new Error(
      `The data set holds out only ${most} images, and an evaluation takes at least ${counts.least}. Choose a larger one.`,
    );
  }
  whole('The number of samples', count, counts.least, most);
  whole('The number of steps', steps, 1, 10_000);
  whole('The seed', seed, 0, 2 ** 32 - 1);
  if (!(guidance >= 0 && guidance <= largestGuidance))
    throw new Error(`The guidance w must be from 0 to ${largestGuidance}, not ${guidance}.`);
  if (!Object.hasOwn(samplers, sampler)) {
    throw new Error(`There is no sampler '${sampler}'; there are: ${Object.keys(samplers).join(', ')}.`);
  }
}
