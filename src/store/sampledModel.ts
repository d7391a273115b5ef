import { type ShippedModelId, shippedModelFor, shippedModels } from '../engine/models/shippedModels';
import type { ModelConfig } from '../engine/unet/config';
import type { ModelSource } from '../worker/protocol';
import { defaultSettings } from './defaultSettings';
import type { SamplingState } from './samplingSlice';
import type { SettingsState } from './settingsSlice';
import { hasTrained, type TrainingState } from './trainingState';

/** Whose model a run draws from. */
export type ModelOrigin = 'shipped' | 'own';

/** The model that a run draws from. */
export interface SampledModel {
  config: ModelConfig;
  trainedSteps: number;
  /** Where it is one that ships with the page. */
  shipped?: ShippedModelId;
}

interface Needs {
  training: Pick<TrainingState, 'model' | 'step'>;
  settings: Pick<SettingsState, 'dataset'>;
  sampling: Pick<SamplingState, 'origin'>;
}

/** The models that can be drawn from now: the one that ships for the data set, and the one in the engine. */
export function modelOrigins({ training, settings }: Omit<Needs, 'sampling'>): ModelOrigin[] {
  const origins: ModelOrigin[] = [];
  if (shippedModelFor(settings.dataset)) origins.push('shipped');
  if (training.model) origins.push('own');
  return origins;
}

/** Whose model the next run draws from: as chosen, else the user's own once it has learned; null where there is none. */
export function sampledOrigin(state: Needs): ModelOrigin | null {
  const origins = modelOrigins(state);
  const wanted = state.sampling.origin ?? (hasTrained(state.training) ? 'own' : 'shipped');
  return origins.includes(wanted) ? wanted : (origins[0] ?? null);
}

/** The model of the next run; null where there is none. */
export function sampledModel(state: Needs): SampledModel | null {
  const { training, settings } = state;
  const origin = sampledOrigin(state);
  if (origin === 'own' && training.model)
    return { config: training.model.config, trainedSteps: training.step };
  const shipped = shippedModelFor(settings.dataset);
  return origin === 'shipped' && shipped ? shippedModel(shipped) : null;
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
  const { dataset, steps } = shippedModels[id];
  const model = { config: defaultSettings(dataset).model, trainedSteps: steps, shipped: id };
  opened.set(id, model);
  return model;
}
