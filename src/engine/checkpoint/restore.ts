import { createDiffusion } from '../diffusion/diffusion';
import { Random } from '../training/random';
import type { TrainingState } from '../training/trainer';
import {
  copyWeights,
  disposeWeights,
  type Variables,
  weightsFromStateDict,
  zeroWeights,
} from '../unet/weights';
import type { Checkpoint } from './bundle';

/**
 * The training state of a file, as tensors of the current backend. A plain model starts afresh from its weights: moments
 * of zero, step 0, random numbers of `seed`. Leaves nothing behind where the backend's memory does not suffice.
 */
export function restoreTrainingState(
  { config, weights, ema, training }: Checkpoint,
  seed = 0,
): TrainingState {
  const made: Variables[] = [];
  const keep = (variables: Variables) => {
    made.push(variables);
    return variables;
  };
  try {
    const trained = keep(weightsFromStateDict(config, weights));
    return {
      config,
      diffusion: createDiffusion(config.schedule, config.nSteps),
      weights: trained,
      ema: keep(ema === weights ? copyWeights(trained) : weightsFromStateDict(config, ema)),
      m: keep(training ? weightsFromStateDict(config, training.m) : zeroWeights(config)),
      v: keep(training ? weightsFromStateDict(config, training.v) : zeroWeights(config)),
      random: new Random(training ? training.random : seed),
      step: training?.step ?? 0,
    };
  } catch (error) {
    made.forEach(disposeWeights);
    throw error;
  }
}
