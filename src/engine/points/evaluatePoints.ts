import { mixtureDenoiser } from '../diffusion/gaussianMixture';
import { samplers } from '../diffusion/samplers/samplers';
import { Random } from '../training/random';
import { energyDistance } from './energyDistance';
import { fieldErrors, fieldProbes } from './fieldError';
import { boundedDenoiser, reversePaths } from './paths';
import { drawPoints, mixtureOf, type PointData, reachOf } from './pointData';
import type { PointModel } from './pointModel';

/** How near a model of points is to its data, with what fresh draws and noise have by the same measure. */
export interface PointsEvaluation {
  /** RMS of ε_θ − ε where the noised data is, over all t. */
  error: number;
  /** Energy distances to 2,000 draws of the data: of as many samples as `count`, of fresh draws, of noise. */
  distance: { model: number; floor: number; ceiling: number };
  /** The samples, [count, 2]. */
  samples: Float32Array;
}

const DRAWS = 2000;
const PROBES = { times: 12, points: 256 };
const STEPS = 50;

/** Measures averaged weights by DDIM in 50 steps; the same seed gives the same numbers. */
export async function evaluatePoints(
  model: PointModel,
  data: PointData,
  { count, seed }: { count: number; seed: number },
): Promise<PointsEvaluation> {
  const { diffusion } = model;
  const { nSteps } = diffusion;
  const times = Array.from({ length: PROBES.times }, (_, i) =>
    Math.round(((nSteps - 1) * i) / (PROBES.times - 1)),
  );
  const exact = mixtureDenoiser(mixtureOf(data), diffusion);
  const errors = await fieldErrors(
    await fieldProbes(diffusion, data, exact, times, PROBES.points),
    model.denoiser(),
  );
  const denoise = boundedDenoiser(model.denoiser(), diffusion, reachOf(data));
  const choices = { diffusion, denoise };
  const { positions } = await reversePaths(samplers.ddim, choices, { count, steps: STEPS, seed });
  const samples = positions.at(-1) as Float32Array;
  const random = new Random(seed);
  const draws = drawPoints(data, DRAWS, random);
  return {
    error: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
    distance: {
      model: energyDistance(samples, draws),
      floor: energyDistance(drawPoints(data, count, random), draws),
      ceiling: energyDistance(random.normal(2 * count), draws),
    },
    samples,
  };
}
