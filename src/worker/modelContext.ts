import type { Checkpoint } from '../engine/checkpoint/bundle';
import type { Operations } from '../engine/kernels/operations';
import type { ModelConfig } from '../engine/unet/config';
import { parameterCount } from '../engine/unet/size';
import {
  copyWeights,
  type Matrices,
  matricesFromStateDict,
  type StateDict,
  type Variables,
  weightsFromMatrices,
} from '../engine/unet/weights';
import type { FairTurns } from './fairTurns';
import type { Model } from './model';

/** A model for one piece of work, and what the work computes with. */
export interface ModelContext extends EngineContext {
  config: ModelConfig;
  /** A copy: training may go on meanwhile. */
  weights: Variables;
  /** Whether it also learned from the images that data/split holds out. */
  sawHeldOut: boolean;
}

type LoadedModel = Omit<ModelContext, keyof EngineContext>;

/** What all work beside training computes with. */
export interface EngineContext {
  operations: Operations;
  turns: FairTurns<'training' | 'sampling'>;
  /** Throws if the backend's results can no longer be trusted. */
  checkBackend(): void;
}

/** A copy of the user's current model. Throws if there is none. */
export function copyOfModel(model: Model | undefined, which: 'ema' | 'raw'): LoadedModel {
  if (!model) throw new Error('There is no model to sample from: train one first.');
  const { config, ema, weights } = model.state;
  return { config, weights: copyWeights(which === 'ema' ? ema : weights), sawHeldOut: model.sawHeldOut };
}

/** The weights of a file as tensors of the current backend. */
export function modelOfFile(
  { config, ...sets }: Checkpoint,
  sawHeldOut: boolean,
  which: 'ema' | 'raw' = 'ema',
): LoadedModel {
  const matrices = matricesOf(config, which === 'ema' ? sets.ema : sets.weights);
  return { config, weights: weightsFromMatrices(config, matrices), sawHeldOut };
}

/** The matrices of files that stay open: to make them takes longer than a small network does for an image. */
const made = new WeakMap<StateDict, Matrices>();
/** Larger files would take up their memory twice. */
const MOST_VALUES = 4e6;

function matricesOf(config: ModelConfig, dict: StateDict): Matrices {
  const matrices = made.get(dict) ?? matricesFromStateDict(config, dict);
  if (parameterCount(config) <= MOST_VALUES) made.set(dict, matrices);
  return matrices;
}

/** Does one piece of work in its turn. */
export async function takeTurn<T>(
  { turns, checkBackend }: EngineContext,
  work: () => Promise<T> | T,
): Promise<T> {
  return turns.take('sampling', async () => {
    const result = await work();
    checkBackend();
    return result;
  });
}
