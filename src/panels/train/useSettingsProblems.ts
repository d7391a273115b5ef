import { useMemo } from 'react';
import { datasets } from '../../engine/data/datasets';
import { leastTrainingCount } from '../../engine/data/split';
import { type SettingsProblems, settingsProblems } from '../../store/settingsProblems';
import { useStore } from '../../store/store';

/** What is wrong with the settings, a message a control. */
export function useSettingsProblems(): SettingsProblems {
  const settings = useStore((state) => state.settings);
  const backend = useStore((state) => state.session.backend?.name ?? null);
  return useMemo(
    () => settingsProblems(settings, { count: leastTrainingCount(datasets[settings.dataset]), backend }),
    [settings, backend],
  );
}
