import { useEffect } from 'react';
import { editingProblem, isSameShape, shapeOfData } from '../../store/editing';
import type { InterpolationState } from '../../store/interpolationSlice';
import { useStore } from '../../store/store';
import type { DatasetMessage } from '../../worker/protocol';
import { useSampledModel } from '../model/useModel';

/** The data set on the page, once it is the chosen one; null while it loads. */
export function useCurrentData(): DatasetMessage | null {
  return useStore(({ dataset }) => (dataset.data?.id === dataset.id ? dataset.data : null));
}

/** The interpolation's frames, where they are pictures like those of the data set on the page. */
export function useFrames(): InterpolationState['frames'] {
  return useStore(({ interpolation: { frames, shape }, dataset: { data } }) =>
    isSameShape(shape, shapeOfData(data)) ? frames : none,
  );
}

const none: InterpolationState['frames'] = [];

/** Why nothing can be drawn now; null where it can. */
export function useEditingProblem(): string | null {
  return useStore(editingProblem);
}

/**
 * Runs whenever one of `inputs` or the model has changed, where the backend is quick enough to follow; elsewhere only the
 * button runs. Ends the run when the view is left.
 */
export function useLiveRun(run: () => Promise<void>, stop: () => void, inputs: readonly unknown[]): boolean {
  const quick = useStore((state) => state.session.backend?.fused === true);
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
