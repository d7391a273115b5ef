import type { StateCreator } from 'zustand';
import { leastTrainingCount } from '../engine/data/split';
import type { ClassChoice } from '../engine/diffusion/guidance';
import type {
  EngineApi,
  ImportedModel,
  ModelReport,
  TrainingEvent,
  TrainingSettings,
} from '../worker/protocol';
import { factsOf, isGone } from './datasetFacts';
import type { DatasetSlice } from './datasetSlice';
import { LossHistory } from './lossHistory';
import type { OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import { newModelProblem, type ReadinessState, startProblem } from './readiness';
import { trainingProblems } from './settingsProblems';
import type { SettingsSlice } from './settingsSlice';
import type { ShareSlice } from './share/shareSlice';
import { hasTrained, type TrainingState } from './trainingState';

export interface TrainingSlice {
  training: TrainingState;
  /** Trains from where the model stands up to the step target; makes the model first where nothing was trained. */
  startTraining(): Promise<void>;
  /** Ends a run after the step under way; resolves when it has ended. */
  pauseTraining(): Promise<void>;
  trainOneStep(): Promise<void>;
  /** A new model from the settings; the one before stays when that fails. */
  resetTraining(): Promise<void>;
  /** Brings back the model of the last visit, where there is one. */
  restoreTraining(): Promise<void>;
  /** The engine is gone, and the model in it. */
  forgetTraining(): void;
  /** The engine's model has gone back to a step by itself (null: there is none), and goes on; `message` says why. */
  tellWentBack(step: number | null, message: string): void;
  /** Says how much of a model that had taken `reached` steps came back with restoreTraining. */
  tellRestored(reached: number): void;
  /**
   * Puts the model that `bring` resolves with in place of the one before, with its data set and settings. Rejects where
   * `bring` does: then nothing has changed, and a run goes on.
   */
  replaceModel(bring: () => Promise<ImportedModel>): Promise<ImportedModel>;
}

/** What the slice needs of the engine. */
export type TrainingEngine = Pick<
  EngineApi,
  'createModel' | 'train' | 'pauseTraining' | 'restore' | 'sample'
>;

/** A model that was trained before. */
type Trained = Omit<ImportedModel, 'settings' | 'withTraining'>;

type Needs = TrainingSlice &
  SettingsSlice &
  DatasetSlice &
  ReadinessState &
  Partial<Pick<OwnDatasetsSlice, 'knowOwnDataset'> & ShareSlice>;

/** As before the first model. */
const untrained = (): TrainingState => ({
  status: 'idle',
  model: null,
  dataset: null,
  step: 0,
  losses: new LossHistory(),
  heldOutLosses: [],
  lossByTime: null,
  speed: null,
  memory: null,
  preview: null,
  message: null,
});

const damageMessage = (step: number, damage: string) =>
  `What was saved last cannot be read (${damage}) and was set aside. The model is back as it was saved before that, at step ${step}.`;

/** How the engine draws previews while it trains. */
const previewSampling = {
  sampler: 'ddim',
  spacing: 'even',
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
  weights: 'ema',
} as const;

/**
 * The slice over the engine: the worker's in the page, any other in a test. Where no settings of an earlier visit are known
 * (`settingsLost`), the model that comes back brings its data set with it.
 */
export function createTrainingSlice(
  engine: TrainingEngine,
  settingsLost = false,
): StateCreator<Needs, [], [], TrainingSlice> {
  return (set, get, store) => {
    /** The run or the new model under way: one at a time. */
    let run: Promise<void> | null = null;
    /** Whether the engine trains now, or was asked to. */
    let inEngine = false;
    /** Whether the first model to come back brings its data set. */
    let bringsDataset = settingsLost;
    /** What a run is interrupted for: to end, or to go on with other settings. */
    let interruption: 'none' | 'pause' | 'settings' = 'none';

    const change = (training: Partial<TrainingState>) =>
      set({ training: { ...get().training, ...training } });
    const fail = (error: unknown) =>
      change({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
    // Behind a function, because it changes while others are awaited.
    const wanted = () => interruption;

    /** Runs until the target, in parts: settings that change end one part and start the next. */
    async function train(target: () => number) {
      if (!hasTrained(get().training)) await createModel();
      // A model that came without one learns the data set on the page from now on.
      if (get().training.dataset === null) change({ dataset: get().settings.dataset });
      for (;;) {
        if (wanted() === 'pause') return change({ status: 'paused' });
        interruption = 'none';
        const end = await trainPart({ ...get().settings.training, steps: target() });
        if (end.reason === 'paused' && wanted() === 'settings') continue;
        const complete = end.reason === 'finished' && end.step >= get().settings.training.steps;
        const status = end.reason === 'diverged' ? 'diverged' : complete ? 'finished' : 'paused';
        // Where it diverged, the weights have gone back to a step before.
        get().training.losses.rewind(end.step);
        const heldOutLosses = get().training.heldOutLosses.filter(({ step }) => step <= end.step);
        const message = end.message ?? get().training.message;
        const { step, lowerRate } = end;
        return change({ status, step, heldOutLosses, message, lowerRate });
      }
    }

    async function trainPart(settings: TrainingSettings) {
      const { model } = get().training;
      inEngine = true;
      try {
        // What the model before still had to tell no longer counts.
        return await engine.train(settings, (event) => get().training.model === model && receive(event));
      } finally {
        inEngine = false;
      }
    }

    async function createModel() {
      const { model, seed, dataset } = get().settings;
      adopt(await engine.createModel(model, seed), {
        dataset,
        step: 0,
        losses: new LossHistory(),
        heldOutLosses: [],
      });
    }

    function adopt(
      model: ModelReport,
      rest: Pick<TrainingState, 'dataset' | 'step' | 'losses' | 'heldOutLosses'> & Partial<TrainingState>,
    ) {
      change({ model, lossByTime: null, speed: null, memory: null, preview: null, ...rest });
    }

    function adoptTrained({ step, losses, config, parameters, imported, ...rest }: Trained) {
      const history = new LossHistory();
      history.append(step, losses);
      const { dataset, heldOutLosses } = rest;
      const model = { config, parameters, imported: imported ?? false };
      const complete = step >= get().settings.training.steps;
      const status = !hasTrained({ model, step }) ? 'idle' : complete ? 'finished' : 'paused';
      adopt(model, { status, dataset, step, losses: history, heldOutLosses });
    }

    function receive(event: TrainingEvent) {
      const { training } = get();
      if (event.kind === 'notice') change({ message: event.message });
      else if (event.kind === 'heldOut') {
        const { step, loss } = event;
        const before = training.heldOutLosses.filter((one) => one.step < step);
        change({ heldOutLosses: [...before, { step, loss }] });
      } else if (event.kind === 'progress') {
        const { step, losses, lossByTime, stepsPerSecond, imagesPerSecond, secondsLeft, memory } = event;
        training.losses.append(step, losses);
        const speed = inEngine ? { stepsPerSecond, imagesPerSecond, secondsLeft } : null;
        const status = training.status === 'starting' ? 'training' : training.status;
        change({ status, step, lossByTime, speed, memory });
      } else if (training.model) {
        const { imageSize: size, imageChannels: channels, nClasses } = training.model.config;
        const { step, images, count } = event;
        change({ preview: { step, images, count, size, channels, nClasses } });
      }
    }

    /** The samples as training would draw them now: same sampler, same noise. */
    async function drawPreview() {
      const { model, step } = get().training;
      const { count, seed, samplerSteps: steps } = get().settings.training.preview;
      if (!model) return;
      const classes: ClassChoice = model.config.nClasses > 0 ? 'each' : 'none';
      const settings = { ...previewSampling, count, seed, steps, classes };
      let images: Float32Array | null = null;
      const { reason } = await engine.sample(settings, ({ x }) => {
        images = x;
      });
      if (reason === 'finished' && images && get().training.model === model && !get().training.preview) {
        receive({ kind: 'preview', step, images, count });
      }
    }

    /** Makes work the one under way, unless there is one. Its errors are for the user; what was trained stays. */
    async function begin(work: () => Promise<void>) {
      if (run) return;
      interruption = 'none';
      change({ status: 'starting', message: null });
      run = work()
        .catch(fail)
        .finally(() => {
          run = null;
          change({ speed: null });
        });
      await run;
    }

    async function interrupt(by: 'pause' | 'settings') {
      if (!run || interruption === 'pause') return;
      interruption = by;
      if (inEngine) await engine.pauseTraining().catch(fail);
    }

    store.subscribe(({ settings }, { settings: before }) => {
      if (!run || settings.training === before.training || settings.dataset !== before.dataset) return;
      const limits = { count: leastTrainingCount(factsOf(get(), settings.dataset)) };
      if (Object.keys(trainingProblems(settings.training, limits)).length === 0) void interrupt('settings');
    });

    return {
      training: untrained(),

      async startTraining() {
        if (!startProblem(get())) await begin(() => train(() => get().settings.training.steps));
      },

      async pauseTraining() {
        const current = run;
        await interrupt('pause');
        await current;
      },

      async trainOneStep() {
        const target = get().training.step + 1;
        if (!startProblem(get())) await begin(() => train(() => target));
      },

      async resetTraining() {
        if (newModelProblem(get())) return;
        await get().pauseTraining();
        await begin(async () => {
          await createModel();
          change({ status: 'idle' });
        });
      },

      async replaceModel(bring) {
        const model = await bring();
        // The engine has ended it.
        await run;
        const { dataset, settings, config } = model;
        if (dataset) get().takeSettings(dataset, config, settings ?? {});
        adoptTrained(model);
        change({ message: null });
        if (dataset && dataset !== get().settings.dataset) await get().chooseDataset(dataset);
        drawPreview().catch(fail);
        return model;
      },

      async restoreTraining() {
        const { dataset: shown } = get().settings;
        const brings = bringsDataset && !get().share?.opened;
        bringsDataset = false;
        try {
          const restored = await engine.restore();
          if (!restored || get().training.model) return;
          const { dataset, settings, config } = restored;
          if (restored.ownFacts) get().knowOwnDataset?.(restored.ownFacts);
          if (settings && dataset) get().keepSettings(dataset, { model: config, training: settings });
          adoptTrained(restored);
          if (restored.damage !== undefined)
            change({ message: damageMessage(restored.step, restored.damage) });
          const unchosen = shown === get().settings.dataset;
          if (brings && unchosen && dataset && dataset !== shown && !isGone(get(), dataset))
            void get().openDataset(dataset);
          if (hasTrained(get().training)) await drawPreview();
        } catch (error) {
          fail(error);
        }
      },

      tellWentBack(step, message) {
        const { training } = get();
        if (!training.model || step === null || step >= training.step) return change({ message });
        training.losses.rewind(step);
        const heldOutLosses = training.heldOutLosses.filter((one) => one.step <= step);
        change({ step, heldOutLosses, message });
      },

      forgetTraining: () => set({ training: untrained() }),

      tellRestored(reached) {
        const { model, step, message } = get().training;
        if (reached === 0 || message !== null) return;
        const lost = step < reached ? ` It had taken ${reached.toLocaleString('en')}.` : '';
        change({
          message: model
            ? `The engine was started again. The model is back as it was at step ${step.toLocaleString('en')}.${lost}`
            : 'The engine was started again, but this browser had saved no model: what was trained is lost.',
        });
      },
    };
  };
}
