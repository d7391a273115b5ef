import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import type { StepIngredients } from '../../engine/diffusion/reverseStep';
import { Random } from '../../engine/training/random';
import { dataImage, type EditingNeeds, type ImageShape } from '../../store/editing';
import type { SampledModel } from '../../store/sampledModel';
import { studiedModel } from '../../store/studiedModel';
import { type StudyState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { reverseStepGroup } from './settings';
import type { reverseStep } from './study';

/** What the network predicted, and what it was asked. */
export interface Prediction extends StepIngredients, ImageShape {
  diffusion: Diffusion;
  objective: string;
  seed: number;
}

export interface ReverseStepState extends StudyState {
  /** The newest; it stays while the next one is made. */
  prediction: Prediction | null;
  /** Asks the model for ε_θ(x_t, t). The latest call wins; nothing queues. */
  predict(): Promise<void>;
}

type Needs = ValuesSlice & EditingNeeds;

export function createReverseStep({ core, engine }: ViewPlace<Needs>) {
  return studyStore<typeof reverseStep, ReverseStepState>(engine, 'reverseStep', (runner) => ({
    prediction: null,

    async predict() {
      const { model, source, problem } = studiedModel(core.getState());
      if (!model) return runner.refuse(problem);
      const { xt, ...ingredients } = questionOf(core.getState(), model);
      await runner.ask({
        source,
        request: { xt, t: ingredients.t },
        finish: ({ eps, v }) => ({ prediction: { ...ingredients, eps, v } }),
      });
    },
  }));
}

export const useReverseStep = viewStore(createReverseStep);

function questionOf(state: Needs, { config }: SampledModel) {
  const data = state.dataset.data as NonNullable<typeof state.dataset.data>;
  const { index, t: steps, seed } = valuesOf(state, reverseStepGroup);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const t = Math.min(Math.max(steps, 1), config.nSteps) - 1;
  const x0 = dataImage(data, index);
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
