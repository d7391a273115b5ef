import type { DatasetId } from '../../engine/data/datasets';
import { pointOf, type QualityPoint, withPoint } from '../../engine/quality/qualityPoint';
import { numberUsed } from '../../settings/group';
import type { EditingNeeds, ImageShape } from '../../store/editing';
import { measuredQuality } from '../../store/measuredQuality';
import { contextOf } from '../../store/readiness';
import type { SampledModel } from '../../store/sampledModel';
import { studiedModel } from '../../store/studiedModel';
import type { StudyQuestion } from '../../store/studyRunner';
import { type StudyState, studyStore } from '../../store/studyStore';
import { isTraining, type TrainingState } from '../../store/trainingState';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { ModelSource } from '../../worker/protocol';
import { qualityGroup } from './settings';
import type { QualityReport, QualityResult, quality } from './study';

/** A result with what it is of. */
export interface EvaluatedModel extends QualityResult {
  /** Whose model, after how many training steps. */
  model: SampledModel;
  dataset: DatasetId;
  shape: ImageShape;
  count: number;
}

export interface QualityState extends StudyState {
  stage: QualityReport['stage'];
  result: EvaluatedModel | null;
  /** Of the user's own model; begins anew with a new one. */
  history: QualityPoint[];
  /** Draws samples and evaluates them. A run under way ends first. */
  evaluate(): Promise<void>;
  /** Shows what was measured in advance of a model that ships, where the settings are the same. */
  recall(): Promise<void>;
}

type Needs = ValuesSlice & Omit<EditingNeeds, 'training'> & { training: TrainingState };

export function createQuality({ core, engine }: ViewPlace<Needs>) {
  return studyStore<typeof quality, QualityState>(engine, 'quality', (runner, set, get) => {
    /** Training steps of the user's model when it was evaluated last, whatever came of it. */
    let askedAt = 0;

    function question(model: SampledModel, source: ModelSource): StudyQuestion<typeof quality, QualityState> {
      const state = core.getState();
      const own = state.training.model;
      const { dataset } = state.values.data;
      const shape = { size: model.config.imageSize, channels: model.config.imageChannels };
      const { steps, whileTraining: _, every: __, ...choice } = valuesOf(state, qualityGroup);
      const context = contextOf(state, model.config.nSteps);
      const { rows } = qualityGroup;
      const count = numberUsed(rows.count, choice.count, context);
      return {
        source,
        request: { ...choice, count, steps: numberUsed(rows.steps, steps, context) },
        begin: { stage: 'sampling' },
        progress: (report) => report,
        hear: ({ stage }) => set({ stage }),
        finish(result) {
          if (!result) return null;
          const evaluated = { result: { ...result, model, dataset, shape, count } };
          const isOwn = !model.shipped && core.getState().training.model === own;
          if (!isOwn) return evaluated;
          const point = pointOf(model.trainedSteps, result);
          measuredQuality.setState({ model: own, point });
          return { ...evaluated, history: withPoint(get().history, point) };
        },
      };
    }

    async function run(model: SampledModel, source: ModelSource): Promise<void> {
      if (!model.shipped) askedAt = model.trainedSteps;
      await runner.ask(question(model, source));
    }

    core.subscribe((state, before) => {
      const { training } = state;
      if (training.model !== before.training.model) {
        askedAt = 0;
        return set({ history: [] });
      }
      const { whileTraining, every } = valuesOf(state, qualityGroup);
      if (!whileTraining || get().status === 'running' || !isTraining(training) || !training.model) return;
      // Weights that diverged have gone back.
      askedAt = Math.min(askedAt, training.step);
      if (training.step - askedAt < every || studiedModel(state).problem !== null) return;
      void run({ config: training.model.config, trainedSteps: training.step }, { own: 'ema' });
    });

    return {
      stage: 'sampling',
      result: null,
      history: [],

      async evaluate() {
        const { model, source, problem } = studiedModel(core.getState());
        if (!model) return runner.refuse(problem);
        await run(model, source);
      },

      async recall() {
        const { model, source } = studiedModel(core.getState());
        if (model) await runner.recall(question(model, source));
      },
    };
  });
}

export const useQuality = viewStore(createQuality);
