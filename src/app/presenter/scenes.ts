import { type ExperimentId, experimentIds, experimentOf } from '../../views/experiments/experiments';
import { type TourStep, tourSteps } from '../tour/tourSteps';

/** A panel to be shown alone, and what is said about it. */
export interface Scene {
  title: string;
  text: string;
  /** Selector of something in the panel. */
  inside: string;
  /** What is brought into sight, as in a step of the tour. */
  frame: Pick<TourStep, 'target' | 'together'>;
  /** What opens it. */
  of: { step: TourStep } | { experiment: ExperimentId };
}

/** The steps of the tour, then the experiments. */
export const scenes: readonly Scene[] = [
  ...tourSteps.map((step) => ({
    title: step.title,
    text: step.text,
    inside: step.target.join(', '),
    frame: step,
    of: { step },
  })),
  ...experimentIds.map((experiment) => {
    const { question, look, panel } = experimentOf(experiment);
    return {
      title: question,
      text: look,
      inside: `#${panel}`,
      frame: { target: [`#${panel} canvas`, `#${panel}`] },
      of: { experiment },
    };
  }),
];

export const sceneOfStep = (step: number) => Math.min(step, tourSteps.length - 1);
export const sceneOfExperiment = (id: string) => tourSteps.length + experimentIds.indexOf(id as ExperimentId);
