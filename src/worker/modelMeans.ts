import type { Checkpoint } from '../engine/checkpoint/bundle';
import type { Operations } from '../engine/kernels/operations';
import type { ModelConfig } from '../engine/unet/config';
import { copyWeights, type Variables, weightsFromStateDict } from '../engine/unet/weights';
import type { FairTurns } from './fairTurns';
import type { Model } from './savedModel';

/** A model for one piece of work, and what that computes with. */
export interface ModelMeans extends EngineMeans {
  config: ModelConfig;
  /** Of this work alone: training may go on meanwhile. */
  weights: Variables;
  /** Whether it learned from the pictures that data/split holds out, too. */
  sawHeldOut: boolean;
}

type LoadedModel = Omit<ModelMeans, keyof EngineMeans>;

/** What any work beside training computes with. */
export interface EngineMeans {
  operations: Operations;
  turns: FairTurns<'training' | 'sampling'>;
  /** Throws where what the backend computes can be trusted no longer. */
  checkBackend(): void;
}

/** A copy of the user's model as it is now. Throws where there is none. */
export function copyOfModel(model: Model | undefined, which: 'ema' | 'raw'): LoadedModel {
  if (!model) throw new Error('There is no model to sample from: train one first.');
  const { config, ema, weights } = model.state;
  return { config, weights: copyWeights(which === 'ema' ? ema : weights), sawHeldOut: model.sawHeldOut };
}

/** The EMA weights of a file as tensors of the current backend. */
export function modelOfFile({ config, ema }: Checkpoint, sawHeldOut: boolean): LoadedModel {
  return { config, weights: weightsFromStateDict(config, ema), sawHeldOut };
}

/** One piece of work in its turn among the others. */
export async function takeTurn<T>(
  { turns, checkBackend }: EngineMeans,
  work: () => Promise<T> | T,
): Promise<T> {
  return turns.take('sampling', async () => {
    const result = await work();
    checkBackend();
    return result;
  });
}
