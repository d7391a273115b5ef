import type * as tf from '@tensorflow/tfjs';
import { createDiffusion, type Diffusion } from '../diffusion/diffusion';
import type { AdamEmaUpdate } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { layersOf } from '../unet/layers';
import { copyWeights, disposeWeights, initialWeights, type Variables, zeroWeights } from '../unet/weights';
import { Random } from './random';

/** A model in training: all that a resumed run needs to be the one that never stopped. */
export interface TrainingState {
  config: ModelConfig;
  diffusion: Diffusion;
  weights: Variables;
  ema: Variables;
  /** Adam's first and second moments. */
  m: Variables;
  v: Variables;
  /** Draws the batches, t, ε and dropout. */
  random: Random;
  /** Steps taken so far. */
  step: number;
}

/** A new model with random weights. `weights`, when given, are taken over instead of random ones. */
export function createTrainingState(config: ModelConfig, seed: number, weights?: Variables): TrainingState {
  const random = new Random(seed);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const made: Variables[] = [];
  const keep = (variables: Variables) => {
    made.push(variables);
    return variables;
  };
  try {
    const start = weights ?? keep(initialWeights(config, random));
    return {
      config,
      diffusion,
      weights: start,
      ema: keep(copyWeights(start)),
      m: keep(zeroWeights(config)),
      v: keep(zeroWeights(config)),
      random,
      step: 0,
    };
  } catch (error) {
    made.forEach(disposeWeights);
    throw error;
  }
}

export function disposeTrainingState({ weights, ema, m, v }: TrainingState): void {
  for (const set of [weights, ema, m, v]) disposeWeights(set);
}

/** Names of the layers that have a gradient. */
export function trainedLayers(config: ModelConfig): string[] {
  return layersOf(config)
    .filter(({ trained }) => trained)
    .map(({ name }) => name);
}

/** What Adam and EMA update, given the gradients of layers by name. */
export function adamUpdates(
  { weights, ema, m, v }: TrainingState,
  gradients: ReadonlyMap<string, tf.Tensor2D>,
): AdamEmaUpdate[] {
  return [...gradients].map(([name, gradient]) => ({
    parameter: weights.get(name) as tf.Variable,
    gradient,
    m: m.get(name) as tf.Variable,
    v: v.get(name) as tf.Variable,
    ema: ema.get(name) as tf.Variable,
  }));
}
