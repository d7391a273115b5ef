import { forwardGroup } from '../../settings/groups/forward';
import { shownGroup } from '../../settings/groups/page';
import { stepsOf } from '../../settings/samplingSettings';
import { startProblem } from '../../store/readiness';
import { type SampledModel, sampledModel } from '../../store/sampledModel';
import { isActive } from '../../store/samplingSlice';
import { type Store, useStore } from '../../store/store';
import { isTraining } from '../../store/trainingState';
import type { ExperimentId } from '../../views/experiments/experiments';
import { useOpening } from '../../views/playground/opening/state';
import type { ViewId } from '../views';
import { slide } from './slide';
import { sweep } from './sweep';

export interface TourStep {
  title: string;
  text: string;
  view: ViewId;
  /** Selectors of the control that the step is about: the first that is on the page. */
  target: readonly string[];
  /** Selectors of what is to be in sight with it, the most important first. */
  together?: readonly string[];
  /** What happens by itself; nothing that moves for a visitor who asked for less motion (`calm`). Returns what ends it with the step. */
  begin?(calm: boolean): () => void;
  /** What the step does with that control when the visitor asks for it. */
  action?: {
    title: string;
    possible?(state: Store): boolean;
    run(calm: boolean): void;
  };
  /** Experiments that the step offers. */
  experiments?: readonly ExperimentId[];
}

const get = useStore.getState;
/** Examples on the first page of the data panel, among which the tour picks. */
const firstExamples = 48;

/** Of the time, for samples while one waits for those of a model in training. */
const watchedShare = 0.4;

/** Puts t: it is no choice of the visitor's, and cannot be taken back. */
const showTime = (t: number) => get().put(forwardGroup, { t });

/** From the data to images, those of the pretrained model and then the visitor's own; and on to experiments. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'Images to learn from',
    text: 'Everything starts with x₀, a real image. The marked one is the example of the next steps.',
    view: 'playground',
    target: ['.data__examples'],
    action: {
      title: 'Pick another',
      possible: ({ dataset }) => dataset.status === 'ready',
      run: () =>
        get().set(forwardGroup, { exampleIndex: (get().values.forward.exampleIndex + 5) % firstExamples }),
    },
  },
  {
    title: 'Add noise',
    text: 'At t = 0 it is the image x₀, at T pure noise. The model learns every t in between. Move t yourself.',
    view: 'playground',
    target: ['#forward .film-scale'],
    together: ['#forward .forward-images'],
    begin: (calm) =>
      calm
        ? () => {}
        : sweep({
            end: get().values.settings.model.nSteps,
            read: () => get().values.forward.t,
            show: showTime,
          }),
    action: {
      title: 'Move t to the middle',
      run: (calm) =>
        slide({
          from: get().values.forward.t,
          to: Math.round(get().values.settings.model.nSteps / 2),
          show: (t) => get().set(forwardGroup, { t }),
          calm,
        }),
    },
  },
  {
    title: 'Predict the noise',
    text: 'The U-Net gets the noisy image and t, and predicts the noise. Taking that noise away gives x̂₀: a guess when t is large, and sharp when t is small.',
    view: 'playground',
    target: ['.opening__time'],
    together: ['.opening [data-part="train"]', '.opening [data-part="forward"]', '.opening'],
    begin(calm) {
      const { setPlaying } = useOpening.getState();
      setPlaying(!calm);
      return () => setPlaying(false);
    },
  },
  {
    title: 'From noise to images',
    text: 'Sampling starts from pure noise and removes a little of the predicted noise in every step. Nobody drew these images before.',
    view: 'playground',
    target: ['.sample-actions'],
    together: ['.sample-grid', '.sample .sample__run'],
    begin(calm) {
      const { speed } = get().sampling;
      if (!calm && !isActive(get().sampling)) sampleSlowly();
      return () => get().setSamplingSpeed(speed);
    },
    action: {
      title: 'Sample slowly',
      possible: (state) => sampledModel(state) !== null,
      run: sampleSlowly,
    },
  },
  {
    title: 'Train your own',
    text: 'Each step draws a batch, adds noise, and changes the weights θ a little, so that the predicted noise ε_θ comes closer to ε. You can pause at any time.',
    view: 'playground',
    target: ['.train-actions'],
    together: ['.train-equation', '.train-progress'],
    action: {
      title: 'Start training',
      possible: canTrain,
      run: () => void get().startTraining(),
    },
  },
  {
    title: 'The loss falls',
    text: 'Near 1 the network has learned nothing. The bold line is the average: it falls fast at first, then slowly. The images get better long after that.',
    view: 'playground',
    target: ['.loss-figure'],
    together: ['#train .samples-figure'],
    action: {
      title: 'Train on',
      possible: canTrain,
      run: () => void get().startTraining(),
    },
  },
  {
    title: 'Yours beside the pretrained one',
    text: 'Your model draws from the same kind of noise while it trains. Give it a minute: first blobs appear, then shapes, then images.',
    view: 'playground',
    target: ['.own-beside', '.sample-actions'],
    together: ['.sample-grid'],
    begin() {
      const { samplingShare } = get().values.shown;
      get().put(shownGroup, { samplingShare: Math.max(samplingShare, watchedShare) });
      return () => get().put(shownGroup, { samplingShare });
    },
    action: {
      title: 'Train on',
      possible: canTrain,
      run: () => void get().startTraining(),
    },
  },
  {
    title: 'Now ask your own questions',
    text: 'An experiment brings its settings, and says what to do and what to look for. Begin with one of these.',
    view: 'experiments',
    target: ['.experiments'],
    experiments: ['tenSteps', 'guidance', 'schedule'],
  },
];

function canTrain(state: Store): boolean {
  return !isTraining(state.training) && startProblem(state) === null;
}

/** At the slowest pace, of those that the page offers, at which a run takes no longer than this. */
const paces = [5, 20, 60];
const longestSeconds = 15;

function sampleSlowly(): void {
  const model: SampledModel | null = sampledModel(get());
  if (!model) return;
  const steps = stepsOf(get().values.sampling, model.config);
  get().setSamplingSpeed(paces.find((pace) => steps / pace <= longestSeconds) ?? 'full');
  void get().startSampling(model);
}
