import { useShallow } from 'zustand/react/shallow';
import type { ModelConfig } from '../../engine/unet/config';
import { type SampledModel, sampledModel } from '../../store/sampledModel';
import { useStore } from '../../store/store';

/** The model of the next run: the user's own, trained or not, or the one that ships; null where there is none. */
export function useSampledModel(): SampledModel | null {
  return useStore(useShallow(sampledModel));
}

/** The config that the next run will have: of its model, or of the settings before there is one. */
export function useModelConfig(): ModelConfig {
  const model = useSampledModel();
  const settings = useStore((state) => state.values.settings.model);
  return model?.config ?? settings;
}
