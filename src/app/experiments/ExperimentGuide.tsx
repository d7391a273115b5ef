import { Suspense, useEffect } from 'react';
import { lazyPart } from '../../ui/lazyPart';
import { followAddress, useExperiment } from '../../views/experiments/state';

const Guide = lazyPart(() => import('./Guide'));

/** The card of the open experiment beside the work; nothing where none is open. */
export function ExperimentGuide() {
  const id = useExperiment((state) => state.id);
  useEffect(() => {
    addEventListener('popstate', followAddress);
    return () => removeEventListener('popstate', followAddress);
  }, []);
  return (
    id && (
      <Suspense fallback={null}>
        <Guide key={id} id={id} />
      </Suspense>
    )
  );
}
