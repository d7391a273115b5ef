import type { ModelConfig } from '../engine/unet/config';
import { parameterCount } from '../engine/unet/size';
import type { Model } from './model';
import type { ModelReport, RestoredModel } from './protocol';

/** What the page is told of a model that was brought back. */
export function restoredModel({ state, losses, heldOutLosses, ...rest }: Model): RestoredModel {
  const { dataset, ownFacts, settings, imported } = rest;
  return {
    ...reportOf(state.config),
    imported,
    step: state.step,
    losses: losses.from(0),
    heldOutLosses: [...heldOutLosses],
    dataset,
    ownFacts,
    settings,
  };
}

export function reportOf(config: ModelConfig): ModelReport {
  return { config, parameters: parameterCount(config) };
}
