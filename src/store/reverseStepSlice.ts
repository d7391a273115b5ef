import type { StateCreator } from 'zustand';
import { createDiffusion, type Diffusion } from '../engine/diffusion/diffusion';
import { qSample } from '../engine/diffusion/forward';
import type { StepChoices, StepIngredients } from '../engine/diffusion/inspectedStep';
import { Random } from '../engine/training/random';
import { dataPicture, type EditingNeeds, editingProblem, messageOf, type PictureShape } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { type SampledModel, sampledModel, sourceOf } from './sampledModel';

export interface ReverseStepSettings extends StepChoices {
  /** Index in the data set of x₀. */
  index: number;
  /** Steps of noise, 1 … T. */
  t: number;
  /** Draws ε and z. */
  seed: number;
}

/** A guess of the network with what it was asked. */
export interface Guess extends StepIngredients, PictureShape {
  diffusion: Diffusion;
  objective: string;
  seed: number;
}

export interface ReverseStepState {
  settings: ReverseStepSettings;
  /** The newest; it stays while the next one is made. */
  guess: Guess | null;
  guessing: boolean;
  /** For the user; the guess before stays. */
  problem: string | null;
}

export interface ReverseStepSlice {
  reverseStep: ReverseStepState;
  setReverseStep(settings: Partial<ReverseStepSettings>): void;
  /** Asks the model for ε_θ(x_t, t). The latest call wins; nothing queues. */
  guessNoise(): Promise<void>;
  stopGuessing(): void;
}

type Needs = ReverseStepSlice & EditingNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createReverseStepSlice(engine: StudyEngine): StateCreator<Needs, [], [], ReverseStepSlice> {
  const latest = new LatestStudy(engine, 'denoising');
  let guesses = 0;
  return (set, get) => {
    const change = (reverseStep: Partial<ReverseStepState>) =>
      set({ reverseStep: { ...get().reverseStep, ...reverseStep } });
    return {
      reverseStep: {
        settings: { index: 0, t: 300, seed: 1, variance: 'beta', clipX0: false },
        guess: null,
        guessing: false,
        problem: null,
      },

      setReverseStep(settings) {
        change({ settings: { ...get().reverseStep.settings, ...settings } });
      },

      async guessNoise() {
        const model = sampledModel(get());
        const problem = editingProblem(get());
        if (!model || problem) return change({ problem });
        const guess = ++guesses;
        change({ guessing: true, problem: null });
        try {
          const question = questionOf(get(), model);
          const { xt, ...ingredients } = question;
          const source = sourceOf(model, get().sampling.settings.weights);
          const answer = await latest.ask(source, { xt, t: ingredients.t }, () => {});
          if (answer) change({ guess: { ...ingredients, eps: answer.eps }, guessing: false });
        } catch (error) {
          if (guess === guesses) change({ guessing: false, problem: messageOf(error) });
        }
      },

      stopGuessing() {
        guesses++;
        latest.stop();
        change({ guessing: false });
      },
    };
  };
}

function questionOf({ dataset, reverseStep }: Needs, { config }: SampledModel) {
  const data = dataset.data as NonNullable<typeof dataset.data>;
  const { index, seed } = reverseStep.settings;
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const t = Math.min(Math.max(reverseStep.settings.t, 1), config.nSteps) - 1;
  const x0 = dataPicture(data, index);
  const random = new Random(seed);
  const [noise, z] = [random.normal(x0.length), random.normal(x0.length)];
  return {
    ...{ diffusion, t, x0, noise, z, seed },
    objective: config.objective,
    size: data.imageSize,
    channels: data.channels,
    xt: qSample(diffusion, x0, t, noise),
  };
}
