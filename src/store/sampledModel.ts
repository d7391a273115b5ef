import { type ShippedModelId, shippedModelFor, shippedModels } from '../engine/models/shippedModels';
import type { ModelConfig } from '../engine/unet/config';
import type { ModelSource } from '../worker/protocol';
import type { FactsNeeds } from './datasetFacts';
import { defaultSettings } from './defaultSettings';
import type { SamplingState } from './samplingSlice';
import type { SettingsState } from './settingsSlice';
import { hasTrained, type TrainingState } from './trainingState';

/** Whose model a run draws from. */
export type ModelOrigin = 'shipped' | 'shippedByClass' | 'own';

/** The model that a run draws from. */
export interface SampledModel {
  config: ModelConfig;
  trainedSteps: number;
  /** Where it is one that ships with the page. */
  shipped?: ShippedModelId;
}

/** The parts of the store that decide which models there are. */
export interface ModelNeeds extends FactsNeeds {
  training: Pick<TrainingState, 'model' | 'step'>;
  settings: Pick<SettingsState, 'dataset'>;
  sampling: Pick<SamplingState, 'origin'>;
}

/** The models that can be drawn from now: those that ship for the data set, and the one in the engine. */
export function modelOrigins({ training, settings }: Omit<ModelNeeds, 'sampling'>): ModelOrigin[] {
  const origins: ModelOrigin[] = [];
  if (shippedModelFor(settings.dataset)) origins.push('shipped');
  if (shippedModelFor(settings.dataset, true)) origins.push('shippedByClass');
  if (training.model) origins.push('own');
  return origins;
}

/** Whose model the next run draws from: as chosen, else the user's own once it has learned; null where there is none. */
export function sampledOrigin(state: ModelNeeds): ModelOrigin | null {
  const origins = modelOrigins(state);
  const wanted = state.sampling.origin ?? (hasTrained(state.training) ? 'own' : 'shipped');
  return origins.includes(wanted) ? wanted : (origins[0] ?? null);
}

/** The model of the next run; null where there is none. */
export function sampledModel(state: ModelNeeds): SampledModel | null {
  const origin = sampledOrigin(state);
  return origin && modelOf(state, origin);
}

/** The model of an origin; null where there is none. */
export function modelOf(
  { training, settings }: Omit<ModelNeeds, 'sampling'>,
  origin: ModelOrigin,
): SampledModel | null {
  if (origin === 'own')
    return training.model && { config: training.model.config, trainedSteps: training.step };
  const shipped = shippedModelFor(settings.dataset, origin === 'shippedByClass');
  return shipped && shippedModel(shipped);
}

/** Where the engine finds a model: of one that ships there are only the averaged weights. */
export function sourceOf({ shipped }: SampledModel, weights: 'ema' | 'raw' = 'ema'): ModelSource {
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
