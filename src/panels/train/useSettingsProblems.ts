import { useMemo } from 'react';
import { leastTrainingCount } from '../../engine/data/split';
import { factsOf } from '../../store/datasetFacts';
import { type SettingsProblems, settingsProblems } from '../../store/settingsProblems';
import { useStore } from '../../store/store';

/** What is wrong with the settings, a message a control. */
export function useSettingsProblems(): SettingsProblems {
  const settings = useStore((state) => state.settings);
  const facts = useStore((state) => factsOf(state, state.settings.dataset));
  const backend = useStore((state) => state.session.backend?.name ?? null);
  return useMemo(
    () => settingsProblems(settings, { count: leastTrainingCount(facts), backend }),
    [settings, facts, backend],
  );
}
