import { useEffect } from 'react';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useSampledModel } from '../../panels/model/useModel';
import { isQuick } from '../../store/sessionState';
import { useStore } from '../../store/store';

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
