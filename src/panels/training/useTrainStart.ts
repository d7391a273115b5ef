import { initialSettings } from '../../settings/defaultSettings';
import { trainingGroup } from '../../settings/groups/training';
import { factsOf } from '../../store/datasetFacts';
import { isComplete, startProblem } from '../../store/readiness';
import { useStore } from '../../store/store';
import { hasTrained, isTraining } from '../../store/trainingState';

/** What the primary button does now, and why it cannot. */
export interface TrainStart {
  title: string;
  training: boolean;
  problem: string | null;
  press: () => void;
}

/** Start, pause, go on, or (with all steps taken) raise the target by what a first run takes and go on. */
export function useTrainStart(): TrainStart {
  const training = useStore((state) => isTraining(state.training));
  const problem = useStore((state) => (isTraining(state.training) ? null : startProblem(state)));
  const complete = useStore(isComplete);
  const trained = useStore((state) => hasTrained(state.training));
  const dataset = useStore((state) => state.values.data.dataset);
  const facts = useStore((state) => factsOf(state, dataset));
  const { startTraining, pauseTraining, set } = useStore.getState();
  const more = initialSettings(dataset, facts).training.steps;

  if (training) return { title: 'Pause', training, problem, press: () => void pauseTraining() };
  if (!complete) {
    const title = trained ? 'Continue training' : 'Start training';
    return { title, training, problem, press: () => void startTraining() };
  }
  return {
    title: `Train ${more.toLocaleString('en')} more`,
    training,
    problem,
    press() {
      set(trainingGroup, { 'training.steps': useStore.getState().training.step + more });
      void startTraining();
    },
  };
}
