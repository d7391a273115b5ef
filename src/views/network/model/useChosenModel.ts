import { useShallow } from 'zustand/react/shallow';
import type { ModelConfig } from '../../../engine/unet/config';
import { editingProblem } from '../../../store/editing';
import type { SampledModel } from '../../../store/sampledModel';
import { useStore } from '../../../store/store';
import { useCheckpoints } from './checkpoints';
import { chosenModel } from './chosenModel';

/** The model that this view looks into; null where there is none. */
export function useChosenModel(): SampledModel | null {
  const opened = useCheckpoints((state) => state.opened);
  return useStore(useShallow((state) => chosenModel(state, opened)));
}

/** Its config, or that of the settings before there is a model. */
export function useChosenConfig(): ModelConfig {
  const model = useChosenModel();
  const settings = useStore((state) => state.values.settings.model);
  return model?.config ?? settings;
}

/** Why it cannot be asked now; null where it can. */
export function useChosenProblem(): string | null {
  const model = useChosenModel();
  return useStore((state) => editingProblem(state, model));
}
