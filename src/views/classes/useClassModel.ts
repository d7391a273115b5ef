import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { factsOf } from '../../store/datasetFacts';
import type { SampledModel } from '../../store/sampledModel';
import { isQuick } from '../../store/sessionState';
import { useStore } from '../../store/store';
import { classModel, classProblem } from './classModel';

/** The model that is asked for classes; null where none has learned those of the data set. */
export function useClassModel(): SampledModel | null {
  return useStore(useShallow(classModel));
}

export function useClassNames(): readonly string[] {
  return useStore((state) => factsOf(state, state.values.data.dataset).classNames);
}

/** Runs at once and whenever one of `inputs` or the model has changed, where the backend is quick enough and a class can be asked for. */
export function useAskedAnew(ask: () => Promise<void>, inputs: readonly unknown[]): void {
  const quick = useStore(isQuick);
  const ready = useStore((state) => classProblem(state) === null);
  const model = useClassModel();
  const origin = model?.shipped ?? (model && 'own');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the inputs are what `ask` reads from the store.
  useEffect(() => {
    if (quick && ready) void ask();
  }, [quick, ready, ask, origin, ...inputs]);
}
