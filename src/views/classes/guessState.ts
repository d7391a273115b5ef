import { createDiffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { Random } from '../../engine/training/random';
import type { DatasetState } from '../../store/datasetSlice';
import { dataImage } from '../../store/editing';
import { type StudyState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { type ClassNeeds, classStudy } from './classModel';
import type { ClassGuess, classGuess } from './guessStudy';
import { classGuessGroup } from './settings';

/** x_t and what the network predicts for it, with the settings that they belong to. */
export interface GuidedPrediction extends ClassGuess {
  xt: Float32Array;
  /** Engine's t. */
  time: number;
  label: number;
  size: number;
  channels: number;
  schedule: string;
  nSteps: number;
}

export interface ClassGuessState extends StudyState {
  /** The newest; it stays while the next one is made. */
  prediction: GuidedPrediction | null;
  /** Asks the network about x_t with the class and with none. The latest call wins. */
  predict(): Promise<void>;
}

type Needs = ValuesSlice & ClassNeeds & { dataset: Pick<DatasetState, 'data'> };

export function createClassGuess({ core, engine }: ViewPlace<Needs>) {
  return studyStore<typeof classGuess, ClassGuessState>(engine, 'classGuess', (runner) => ({
    prediction: null,

    async predict() {
      const state = core.getState();
      const { model, source } = classStudy(state);
      const { data } = state.dataset;
      if (!model || data?.id !== state.values.data.dataset) return;
      const { nSteps, schedule, nClasses } = model.config;
      const { example, t, seed, label: wanted } = valuesOf(state, classGuessGroup);
      const time = Math.min(t, nSteps) - 1;
      const label = Math.min(wanted, nClasses - 1);
      const x0 = dataImage(data, example);
      const noise = new Random(seed).normal(x0.length);
      const xt = qSample(createDiffusion(schedule, nSteps), x0, time, noise);
      const { imageSize: size, channels } = data;
      const asked = { xt, time, label, size, channels, schedule, nSteps };
      await runner.ask({
        source,
        request: { xt, t: time, label },
        finish: (answer) => ({ prediction: { ...answer, ...asked } }),
      });
    },
  }));
}

export const useClassGuess = viewStore(createClassGuess);
