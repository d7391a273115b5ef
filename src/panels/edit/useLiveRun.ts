import { useEffect } from 'react';
import { isQuick } from '../../store/sessionSlice';
import { useStore } from '../../store/store';
import { useEditingProblem } from '../model/useEditingProblem';
import { useSampledModel } from '../model/useModel';

/**
 * Runs whenever one of `inputs` or the model has changed, where the backend is quick enough to follow; elsewhere only the
 * button runs. Ends the run when the view is left.
 */
export function useLiveRun(run: () => Promise<void>, stop: () => void, inputs: readonly unknown[]): boolean {
  const quick = useStore(isQuick);
  const problem = useEditingProblem();
  const model = useSampledModel();
  const live = quick && problem === null;
  const origin = model?.shipped ?? (model && 'own');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the inputs are what the run reads from the store.
  useEffect(() => {
    if (live) void run();
  }, [live, run, origin, ...inputs]);
  useEffect(() => stop, [stop]);
  return quick;
}
