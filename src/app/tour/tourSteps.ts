import { startProblem } from '../../store/readiness';
import { sampledModel } from '../../store/sampledModel';
import { type Store, useStore } from '../../store/store';
import { isTraining } from '../../store/trainingState';
import type { ViewId } from '../views';
import { slide } from './slide';

export interface TourStep {
  title: string;
  text: string;
  view: ViewId;
  /** Selector of the control that the step is about. */
  target: string;
  /** What the step does with that control when the visitor asks for it. */
  action?: {
    title: string;
    possible?(state: Store): boolean;
    run(calm: boolean): void;
  };
}

const get = useStore.getState;
/** Examples on the first page of the data panel, among which the tour picks. */
const firstExamples = 48;

/** From the data to a trained model, and on to what can be asked of it. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'Pictures to learn from',
    text: 'Everything starts with x₀, a real picture. The one with the mark is the example of the next step.',
    view: 'playground',
    target: '.examples__grid',
    action: {
      title: 'Pick another',
      possible: ({ dataset }) => dataset.status === 'ready',
      run: () => get().pickExample((get().forward.exampleIndex + 5) % firstExamples),
    },
  },
  {
    title: 'Add noise',
    text: 'Move t: at 0 there is the picture x₀, at T nothing but noise. Each t in between is one problem to learn.',
    view: 'playground',
    target: '#forward .film-scale',
    action: {
      title: 'Move t to the middle',
      run: (calm) =>
        slide({
          from: get().forward.t,
          to: Math.round(get().settings.model.nSteps / 2),
          show: get().setTime,
          calm,
        }),
    },
  },
  {
    title: 'What the network learns',
    text: 'It sees the noisy picture and t, and has to tell the noise ε. Its mean squared error is the loss.',
    view: 'playground',
    target: '.train-equation',
  },
  {
    title: 'Train it, here and now',
    text: 'Each step draws a batch, noises it, and moves the weights θ a little. You can pause at any time.',
    view: 'playground',
    target: '.train-actions',
    action: {
      title: 'Start training',
      possible: (state) => !isTraining(state.training) && startProblem(state) === null,
      run: () => void get().startTraining(),
    },
  },
  {
    title: 'The loss falls',
    text: 'Near 1 the network knows nothing. The strong line is the average: look how fast it falls at first.',
    view: 'playground',
    target: '.loss-figure',
    action: {
      title: 'Pause training',
      possible: ({ training }) => isTraining(training),
      run: () => void get().pauseTraining(),
    },
  },
  {
    title: 'From noise to pictures',
    text: 'Sampling starts with pure noise and takes away what the network calls noise, step by step.',
    view: 'playground',
    target: '.sample-actions',
    action: {
      title: 'Sample',
      possible: (state) => sampledModel(state) !== null,
      run: () => void get().startSampling(sampledModel(get())),
    },
  },
  {
    title: 'Why a jump is enough',
    text: 'The forward view takes every step of noise beside the single jump of training: the same distribution.',
    view: 'forward',
    target: '.steps-and-jump__controls',
    action: {
      title: 'Play it',
      possible: ({ forwardLab, dataset }) => !forwardLab.playing && dataset.status === 'ready',
      run: () => get().setForwardLab({ t: 0, playing: true }),
    },
  },
  {
    title: 'Ask it anything',
    text: 'One reverse step in every quantity, samplers compared, pictures edited, quality judged: a view for each.',
    view: 'reverse',
    target: '.view-navigation',
  },
];
