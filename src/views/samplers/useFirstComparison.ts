import { useEffect } from 'react';
import { useModelConfig } from '../../panels/model/useModel';
import { useValues } from '../../panels/settings/useSettings';
import { stepsOf } from '../../settings/samplingSettings';
import { isQuick } from '../../store/sessionState';
import { useStore } from '../../store/store';
import { comparisonProblem, useComparison } from './comparisonState';
import { samplersGroup } from './settings';

/** About a second on two CPU cores, for the largest model that ships. */
const quickSteps = 40;

/** Compares at once where the view has nothing to show yet and it takes a moment: empty frames explain nothing. */
export function useFirstComparison(): void {
  const model = useModelConfig();
  const { a, b, count } = useValues(samplersGroup);
  const idle = useComparison((state) => state.status === 'idle');
  const ready = useStore((state) => isQuick(state) && comparisonProblem(state) === null);
  const first = idle && ready && count <= 16 && stepsOf(a, model) + stepsOf(b, model) <= quickSteps;
  useEffect(() => {
    if (first) void useComparison.getState().compare();
  }, [first]);
}
