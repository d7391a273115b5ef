import { useMemo } from 'react';
import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import { useStore } from '../../store/store';

/** The diffusion of the settings: the same object until T or the schedule changes. */
export function useDiffusion(): Diffusion {
  const schedule = useStore((state) => state.values.settings.model.schedule);
  const nSteps = useStore((state) => state.values.settings.model.nSteps);
  return useMemo(() => createDiffusion(schedule, nSteps), [schedule, nSteps]);
}
