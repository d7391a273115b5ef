import type { StateCreator } from 'zustand';
import { createDiffusion } from '../engine/diffusion/diffusion';
import { qSample } from '../engine/diffusion/forward';
import { Random } from '../engine/training/random';
import type { ClassGuess } from '../worker/studies/classGuess';
import type { ClassNeeds } from './classGridSlice';
import { classModel, classProblem } from './classModel';
import type { DatasetState } from './datasetSlice';
import { dataPicture, messageOf } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { sourceOf } from './sampledModel';

export interface ClassGuessSettings {
  /** Index in the data set of x₀. */
  example: number;
  /** Steps of noise, 1 … T. */
  t: number;
  /** The class that is asked for. */
  label: number;
  /** w: heeded at once, without the network. */
  guidance: number;
  /** Of the noise in x_t. */
  seed: number;
}

/** x_t and what the network says of it, with the settings that they belong to. */
export interface GuessedPicture extends ClassGuess {
  xt: Float32Array;
  /** Engine's t. */
  time: number;
  label: number;
  size: number;
  channels: number;
  schedule: string;
  nSteps: number;
}

export interface ClassGuessState {
  settings: ClassGuessSettings;
  guess: GuessedPicture | null;
  asking: boolean;
  /** For the user; the guess before stays. */
  problem: string | null;
}

export interface ClassGuessSlice {
  classGuess: ClassGuessState;
  setClassGuess(settings: Partial<ClassGuessSettings>): void;
  /** Asks the network about x_t with the class and with none. The latest call wins. */
  askClassGuess(): Promise<void>;
}

type Needs = ClassGuessSlice & ClassNeeds & { dataset: Pick<DatasetState, 'id' | 'data'> };

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createClassGuessSlice(engine: StudyEngine): StateCreator<Needs, [], [], ClassGuessSlice> {
  const latest = new LatestStudy(engine, 'classGuess');
  return (set, get) => {
    const change = (classGuess: Partial<ClassGuessState>) =>
      set({ classGuess: { ...get().classGuess, ...classGuess } });
    return {
      classGuess: {
        settings: { example: 3, t: 450, label: 8, guidance: 2, seed: 1 },
        guess: null,
        asking: false,
        problem: null,
      },

      setClassGuess(settings) {
        change({ settings: { ...get().classGuess.settings, ...settings } });
      },

      async askClassGuess() {
        const { dataset, sampling, classGuess } = get();
        const model = classModel(get());
        const { data } = dataset;
        if (!model || !data || data.id !== dataset.id || classProblem(get()) !== null) return;
        const { nSteps, schedule, nClasses } = model.config;
        const { example, t, seed, label: wanted } = classGuess.settings;
        const time = Math.min(t, nSteps) - 1;
        const label = Math.min(wanted, nClasses - 1);
        const x0 = dataPicture(data, example);
        const noise = new Random(seed).normal(x0.length);
        const xt = qSample(createDiffusion(schedule, nSteps), x0, time, noise);
        change({ asking: true, problem: null });
        try {
          const source = sourceOf(model, sampling.settings.weights);
          const answer = await latest.ask(source, { xt, t: time, label }, () => {});
          if (!answer) return;
          const { imageSize: size, channels } = data;
          change({ asking: false, guess: { ...answer, xt, time, label, size, channels, schedule, nSteps } });
        } catch (error) {
          change({ asking: false, problem: messageOf(error) });
        }
      },
    };
  };
}
