import { useMemo } from 'react';
import type { ModelConfig } from '../../engine/unet/config';
import type { SampledModel } from '../../store/samplingSlice';
import { useStore } from '../../store/store';

/** The model in the engine, trained or not; null before there is one. */
export function useSampledModel(): SampledModel | null {
  const config = useStore((state) => state.training.model?.config ?? null);
  const trainedSteps = useStore((state) => state.training.step);
  return useMemo(() => config && { config, trainedSteps }, [config, trainedSteps]);
}

/** The config that the next run will have: of the model in the engine, or of the settings before there is one. */
export function useModelConfig(): ModelConfig {
  return useStore((state) => state.training.model?.config ?? state.settings.model);
}
