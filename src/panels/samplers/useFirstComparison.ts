import { useEffect } from 'react';
import { comparisonProblem } from '../../store/comparisonSlice';
import { stepsOf } from '../../store/samplingSettings';
import { isQuick } from '../../store/sessionSlice';
import { useStore } from '../../store/store';
import { useModelConfig } from '../model/useModel';

/** About a second on two CPU cores, for the largest model that ships. */
const quickSteps = 40;

/** Compares at once where the view has nothing to show yet and it takes a moment: empty frames explain nothing. */
export function useFirstComparison(): void {
  const model = useModelConfig();
  const first = useStore((state) => {
    const { status, sides, settings } = state.comparison;
    const steps = sides.reduce((sum, side) => sum + stepsOf(side, model), 0);
    const quick = isQuick(state) && settings.count <= 16 && steps <= quickSteps;
    return status === 'idle' && quick && comparisonProblem(state) === null;
  });
  useEffect(() => {
    if (first) void useStore.getState().runComparison();
  }, [first]);
}
