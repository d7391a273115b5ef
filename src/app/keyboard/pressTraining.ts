import { isComplete, startProblem } from '../../store/readiness';
import { useStore } from '../../store/store';
import { isTraining } from '../../store/trainingState';
import type { ViewId } from '../views';

/** Starts or pauses what trains in a view: the points there, else the model of the page. Returns why it cannot. */
export function pressTraining(view: ViewId): string | null {
  if (view === 'points') {
    void import('../../views/points/usePoints').then(({ pointsStore }) => {
      const { status, train, pause } = pointsStore.getState();
      return status === 'training' ? pause() : train();
    });
    return null;
  }
  const state = useStore.getState();
  if (isTraining(state.training)) void state.pauseTraining();
  else if (startProblem(state)) return startProblem(state);
  else if (isComplete(state)) return 'All training steps are taken: raise their number to train on.';
  else void state.startTraining();
  return null;
}
