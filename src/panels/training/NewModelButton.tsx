import { type ComponentProps, Suspense, useState } from 'react';
import { factsOf } from '../../store/datasetFacts';
import { newModelProblem } from '../../store/readiness';
import { useStore } from '../../store/store';
import { hasTrained } from '../../store/trainingState';
import { Button } from '../../ui/controls/Button';
import { counted } from '../../ui/counted';
import { lazyPart } from '../../ui/lazyPart';

const ConfirmDialog = lazyPart(() =>
  import('../../ui/controls/ConfirmDialog').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

/** Makes a new model from the settings; asks first when one was trained. */
export function NewModelButton({ disabled = false, ...rest }: ComponentProps<typeof Button>) {
  const [asking, setAsking] = useState(false);
  const problem = useStore(newModelProblem);
  const trained = useStore((state) => hasTrained(state.training));
  const { resetTraining } = useStore.getState();
  return (
    <>
      <Button
        {...rest}
        disabled={disabled || problem !== null}
        title={problem ?? undefined}
        onClick={() => (trained ? setAsking(true) : void resetTraining())}
      />
      {trained && (
        <Suspense fallback={null}>
          <ConfirmDialog
            open={asking}
            onOpenChange={setAsking}
            title="Start over with a new model?"
            cancel="Keep it"
            confirm="New model"
            onConfirm={() => void resetTraining()}
          >
            <Learned /> A new one starts from random weights, and what this one knows is gone.
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}

function Learned() {
  const step = useStore((state) => state.training.step);
  const title = useStore((state) => state.training.dataset && factsOf(state, state.training.dataset).title);
  const imported = useStore((state) => state.training.model?.imported === true);
  return (
    <>
      The model {imported && 'that you opened '}has learned {title} for {counted(step, 'step')}
      {imported && ' here'}.
    </>
  );
}
