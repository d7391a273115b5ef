import { type ModelNeeds, type SampledModel, sampledModel } from '../../../store/sampledModel';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import { networkModelGroup } from '../settings';
import { checkpoints, type OpenedCheckpoint } from './checkpoints';

export type Opened = () => OpenedCheckpoint | null;

/** The checkpoint that the page has opened. */
export const openedCheckpoint: Opened = () => checkpoints.getState().opened;

/** The model that this view looks into: the chosen checkpoint once it is open, else the model of the next run. */
export function chosenModel(
  state: ModelNeeds & ValuesSlice,
  opened: OpenedCheckpoint | null,
): SampledModel | null {
  const { checkpoint } = valuesOf(state, networkModelGroup);
  return opened !== null && checkpoint === opened.id ? opened.model : sampledModel(state);
}
