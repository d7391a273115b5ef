import { useMemo } from 'react';
import { TrainingField } from '../../../panels/training/TrainingField';
import type { SettingsProblems } from '../../../settings/settingsProblems';
import { problemsOf } from '../../../store/readiness';
import { useStore } from '../../../store/store';

/** What is wrong with the settings, a message by path. */
export function useSettingsProblems(): SettingsProblems {
  const values = useStore((state) => state.values);
  const session = useStore((state) => state.session);
  const ownDatasets = useStore((state) => state.ownDatasets);
  return useMemo(() => problemsOf({ values, session, ownDatasets }), [values, session, ownDatasets]);
}

/** A setting of the model or the run: what is wrong with it is said below, and keeps training from starting. */
export function RunField(props: Parameters<typeof TrainingField>[0]) {
  return <TrainingField {...props} problem={useSettingsProblems()[props.of]} />;
}
