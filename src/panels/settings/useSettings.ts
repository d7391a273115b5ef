import { useMemo } from 'react';
import type { SettingGroup } from '../../settings/group';
import type { SettingContext } from '../../settings/setting';
import { contextOf } from '../../store/readiness';
import { useStore } from '../../store/store';
import { valuesOf } from '../../store/valuesSlice';
import { useModelConfig } from '../model/useModel';

/** The values of a group as they are now. */
export function useValues<Values extends object>(group: SettingGroup<Values>): Values {
  return useStore((state) => valuesOf(state, group));
}

/** What limits settings now: T of the model that is asked, unless another is given, and the data set. */
export function useSettingContext(nSteps?: number): SettingContext {
  const { nSteps: asked, learnedVariance } = useModelConfig();
  const values = useStore((state) => state.values);
  const ownDatasets = useStore((state) => state.ownDatasets);
  const { data, settings } = values;
  return useMemo(
    () => ({ ...contextOf({ values: { data, settings }, ownDatasets }, nSteps ?? asked), learnedVariance }),
    [data, settings, ownDatasets, nSteps, asked, learnedVariance],
  );
}
