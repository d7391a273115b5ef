import { shippedMeasures } from '../engine/models/shippedMeasures';
import type { ModelConfig } from '../engine/unet/config';
import { type ModelNeeds, sampledModel } from './sampledModel';
import { hasTrained, type TrainingState } from './trainingState';

type Needs = ModelNeeds & { training: TrainingState };

/** The visitor's model beside the pretrained one that samples are drawn from. */
export interface SwitchOffer {
  /** Losses on held-out images; null where it was not measured yet. */
  own: number | null;
  pretrained: number;
  /** Whether both losses are of the same prediction at the same noise levels. */
  comparable: boolean;
  /** Whether the visitor's model is worth switching to. */
  deserved: boolean;
}

/** How much larger than the pretrained model's the held-out loss may be. */
export const tolerance = 1.25;

/** Nothing where the visitor's model is what is drawn from, has learned nothing, or has learned another data set. */
export function switchOffer(state: Needs): SwitchOffer | null {
  const { training, values } = state;
  const model = sampledModel(state);
  if (!model?.shipped || !training.model || !hasTrained(training)) return null;
  if (training.dataset !== values.data.dataset) return null;
  const pretrained = shippedMeasures.models[model.shipped]?.heldOutLoss;
  if (pretrained === undefined) return null;
  const own = training.heldOutLosses.at(-1)?.loss ?? null;
  const comparable = isComparable(training.model.config, model.config);
  const deserved = comparable
    ? own !== null && own <= tolerance * pretrained
    : training.status === 'finished';
  return { own, pretrained, comparable, deserved };
}

function isComparable(one: ModelConfig, other: ModelConfig): boolean {
  return (['objective', 'schedule', 'nSteps'] as const).every((field) => one[field] === other[field]);
}
