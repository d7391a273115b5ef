import {
  type ShippedModelId,
  shippedModelFor,
  shippedModels,
  shippedOriginsOf,
} from '../engine/models/shippedModels';
import type { ModelConfig } from '../engine/unet/config';
import { defaultSettings } from '../settings/defaultSettings';
import type { ModelOrigin } from '../settings/groups/page';
import type { ModelSource, StoredModel } from '../worker/protocol';
import type { FactsNeeds } from './datasetFacts';
import type { TrainingState } from './trainingState';
import type { PageValues } from './valuesSlice';

/** The model that a run draws from. */
export interface SampledModel {
  config: ModelConfig;
  trainedSteps: number;
  /** Where it is one that ships with the page. */
  shipped?: ShippedModelId;
  /** Where it is a checkpoint that was not loaded. */
  stored?: StoredModel;
}

/** The parts of the store that decide which models there are. */
export interface ModelNeeds extends FactsNeeds {
  training: Pick<TrainingState, 'model' | 'step'>;
  values: Pick<PageValues, 'data' | 'origin'>;
  /** Pretrained models that could not be loaded when they were last asked. */
  sampling?: { failedModels: readonly ShippedModelId[] };
}

/** All but which one is chosen. */
type Available = Omit<ModelNeeds, 'values'> & { values: Pick<PageValues, 'data'> };

/** The models that can be drawn from now: those that ship for the data set, and the one in the engine. */
export function modelOrigins({ training, values }: Available): ModelOrigin[] {
  return [...shippedOriginsOf(values.data.dataset), ...(training.model ? (['own'] as const) : [])];
}

/**
 * Whose model the next run draws from: as chosen, else the pretrained one, else the user's own; null where there is none. One that
 * could not be loaded comes last.
 */
export function sampledOrigin(state: ModelNeeds): ModelOrigin | null {
  const origins = modelOrigins(state);
  const { origin } = state.values.origin;
  if (origin && origins.includes(origin)) return origin;
  const failed = state.sampling?.failedModels ?? [];
  const works = (one: ModelOrigin) => {
    const shipped = modelOf(state, one)?.shipped;
    return shipped === undefined || !failed.includes(shipped);
  };
  return origins.find(works) ?? origins[0] ?? null;
}

/** The model of the next run; null where there is none. */
export function sampledModel(state: ModelNeeds): SampledModel | null {
  const origin = sampledOrigin(state);
  return origin && modelOf(state, origin);
}

/** The model of an origin; null where there is none. */
export function modelOf({ training, values }: Available, origin: ModelOrigin): SampledModel | null {
  if (origin === 'own')
    return training.model && { config: training.model.config, trainedSteps: training.step };
  const shipped = shippedModelFor(values.data.dataset, origin);
  return shipped && shippedModel(shipped);
}

/** Where the engine finds a model: of one that ships there are only the averaged weights. */
export function sourceOf({ shipped, stored }: SampledModel, weights: 'ema' | 'raw' = 'ema'): ModelSource {
  if (stored) return { stored, weights };
  return shipped ? { shipped } : { own: weights };
}

const opened = new Map<ShippedModelId, SampledModel>();

/** A model that ships with the page; the same object each time. */
export function shippedModel(id: ShippedModelId): SampledModel {
  const known = opened.get(id);
  if (known) return known;
  const { dataset, config, steps } = shippedModels[id];
  const model = {
    config: { ...defaultSettings(dataset).model, ...config },
    trainedSteps: steps,
    shipped: id,
  };
  opened.set(id, model);
  return model;
}
