import type { StateCreator } from 'zustand';
import { messageOf } from '../engine/messageOf';
import { originGroup } from '../settings/groups/page';
import { runProblems } from '../settings/settingsProblems';
import type { EngineApi, ImportedModel, ModelReport, TrainingEvent } from '../worker/protocol';
import { isGone } from './datasetFacts';
import type { DatasetSlice } from './datasetSlice';
import { withHealth } from './healthHistory';
import { LossHistory } from './lossHistory';
import type { OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import { contextOf, newModelProblem, type ReadinessState, startProblem } from './readiness';
import type { SettingsSlice } from './settingsSlice';
import { hasTrained, type TrainingState } from './trainingState';
import type { ValuesSlice } from './valuesSlice';

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
  'createModel' | 'train' | 'changeTraining' | 'pauseTraining' | 'restore' | 'drawPreview'
>;

/** A model that was trained before. */
type Trained = Omit<ImportedModel, 'settings' | 'withTraining' | 'note' | 'notices' | 'images'>;

type Needs = TrainingSlice &
  SettingsSlice &
  ValuesSlice &
  DatasetSlice &
  ReadinessState &
  Partial<Pick<OwnDatasetsSlice, 'knowOwnDataset'>> & { share?: { opened: unknown } };

/** As before the first model. */
export const untrained = (): TrainingState => ({
  status: 'idle',
  isRestoring: false,
  model: null,
  dataset: null,
  missingData: null,
  step: 0,
  losses: new LossHistory(),
  heldOutLosses: [],
  health: [],
  healthShare: null,
  lossByTime: null,
  speed: null,
  memory: null,
  preview: null,
  savedStep: 0,
  unsavedSince: null,
  message: null,
});

const damageMessage = (step: number, damage: string) =>
  `What was saved last cannot be read (${damage}) and was set aside. The model is back as it was saved before that, at step ${step}.`;

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
    /** Whether the run under way is to end. */
    let pausing = false;
    /** The step at which the engine's run ends; null while the engine does not train. */
    let target: (() => number) | null = null;
    /** Why settings of the run under way were refused last. */
    let refused: string | null = null;
    /** Whether the first model to come back brings its data set. */
    let bringsDataset = settingsLost;

    const change = (training: Partial<TrainingState>) =>
      set({ training: { ...get().training, ...training } });
    const fail = (error: unknown) => change({ status: 'failed', message: messageOf(error) });

    /** Runs until the step `until`. */
    async function train(until: () => number) {
      if (!hasTrained(get().training)) await createModel();
      // A model that came without one learns the data set on the page from now on.
      if (get().training.dataset === null) change({ dataset: get().values.data.dataset });
      if (pausing) return change({ status: 'paused' });
      const { reason, step, message = get().training.message, lowerRate } = await trainInEngine(until);
      const complete = reason === 'finished' && step >= get().values.settings.training.steps;
      const status = reason === 'diverged' ? 'diverged' : complete ? 'finished' : 'paused';
      // Where it diverged, the weights have gone back to a step before.
      get().training.losses.rewind(step);
      const reached = <One extends { step: number }>(all: readonly One[]) =>
        all.filter((one) => one.step <= step);
      const { heldOutLosses, health } = get().training;
      const known = { heldOutLosses: reached(heldOutLosses), health: reached(health) };
      change({ status, step, ...known, message, lowerRate, ...savedUntil(step) });
    }

    async function trainInEngine(until: () => number) {
      const { model } = get().training;
      const settings = { ...get().values.settings.training, steps: until() };
      target = until;
      refused = null;
      try {
        // What the model before still had to tell no longer counts.
        return await engine.train(settings, (event) => get().training.model === model && receive(event));
      } finally {
        target = null;
      }
    }

    /** Hands the settings as they are now to the run in the engine, which takes them at its next step. */
    async function changeRun(steps: number) {
      let problem: string | null = null;
      try {
        await engine.changeTraining({ ...get().values.settings.training, steps });
      } catch (error) {
        problem = messageOf(error);
      }
      if (problem !== null || get().training.message === refused) change({ message: problem });
      refused = problem;
    }

    async function createModel() {
      const { model, seed } = get().values.settings;
      const { dataset } = get().values.data;
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
      change({
        model,
        health: [],
        healthShare: null,
        lossByTime: null,
        speed: null,
        memory: null,
        preview: null,
        missingData: null,
        savedStep: rest.step,
        unsavedSince: null,
        ...rest,
      });
    }

    /** Nothing is unsaved where the model stands at the step that was saved. */
    function savedUntil(step: number): Pick<TrainingState, 'unsavedSince'> {
      const { savedStep, unsavedSince } = get().training;
      return { unsavedSince: step <= savedStep ? null : (unsavedSince ?? performance.now()) };
    }

    function adoptTrained({ step, losses, config, parameters, imported, ...rest }: Trained) {
      const history = new LossHistory();
      history.append(step, losses);
      const { dataset, ownFacts, heldOutLosses } = rest;
      const missingData = dataset === null ? (ownFacts?.title ?? null) : null;
      const model = { config, parameters, imported: imported ?? false };
      const complete = step >= get().values.settings.training.steps;
      const status = !hasTrained({ model, step }) ? 'idle' : complete ? 'finished' : 'paused';
      adopt(model, { status, dataset, missingData, step, losses: history, heldOutLosses });
    }

    function receive(event: TrainingEvent) {
      const { training } = get();
      if (event.kind === 'notice') change({ message: event.message });
      else if (event.kind === 'heldOut') {
        const { step, loss } = event;
        const before = training.heldOutLosses.filter((one) => one.step < step);
        change({ heldOutLosses: [...before, { step, loss }] });
      } else if (event.kind === 'health') {
        const { step, layers, share } = event;
        change({ health: withHealth(training.health, { step, layers }), healthShare: share });
      } else if (event.kind === 'progress') {
        const { step, losses, lossByTime, stepsPerSecond, imagesPerSecond, secondsLeft, memory } = event;
        training.losses.append(step, losses);
        const speed = target ? { stepsPerSecond, imagesPerSecond, secondsLeft } : null;
        const status = training.status === 'starting' ? 'training' : training.status;
        change({ status, step, lossByTime, speed, memory, ...savedUntil(step) });
      } else if (event.kind === 'saved') {
        const { step, ago } = event;
        change({ savedStep: step, unsavedSince: step < training.step ? performance.now() - ago : null });
      } else if (training.model) {
        const { imageSize: size, imageChannels: channels, nClasses } = training.model.config;
        const { step, images, count } = event;
        change({ preview: { step, images, count, size, channels, nClasses } });
      }
    }

    /** Shows the model that came back, unless training has shown it meanwhile. */
    async function drawPreview() {
      const { model, step } = get().training;
      const { preview } = get().values.settings.training;
      const images = await engine.drawPreview(preview);
      if (get().training.model === model && !get().training.preview)
        receive({ kind: 'preview', step, images, count: preview.count });
    }

    /** Makes work the one under way, unless there is one. Its errors are for the user; what was trained stays. */
    async function begin(work: () => Promise<void>) {
      if (run) return;
      pausing = false;
      change({ status: 'starting', message: null });
      run = work()
        .catch(fail)
        .finally(() => {
          run = null;
          change({ speed: null });
        });
      await run;
    }

    store.subscribe(({ values, training }, { values: before }) => {
      const { settings, data } = values;
      // The settings of another data set are not for this run, which ends.
      if (!target || settings.training === before.settings.training || data.dataset !== training.dataset)
        return;
      if (Object.keys(runProblems(settings, contextOf(get()))).length === 0) void changeRun(target());
    });

    return {
      training: untrained(),

      async startTraining() {
        if (!startProblem(get())) await begin(() => train(() => get().values.settings.training.steps));
      },

      async pauseTraining() {
        const current = run;
        if (current && !pausing) {
          pausing = true;
          if (target) await engine.pauseTraining().catch(fail);
        }
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
        // Who opens a model wants to draw from it.
        get().put(originGroup, { origin: 'own' });
        if (dataset) get().takeSettings(dataset, config, settings ?? {});
        adoptTrained(model);
        change({ message: null });
        const shown = get().values.data.dataset;
        if (dataset && dataset !== shown && !isGone(get(), dataset)) await get().chooseDataset(dataset);
        drawPreview().catch(fail);
        return model;
      },

      async restoreTraining() {
        const { dataset: shown } = get().values.data;
        const brings = bringsDataset && !get().share?.opened;
        bringsDataset = false;
        change({ isRestoring: true });
        try {
          const restored = await engine.restore();
          if (!restored || get().training.model) return;
          const { dataset, settings, config } = restored;
          if (restored.ownFacts) get().knowOwnDataset?.(restored.ownFacts);
          if (settings && dataset) get().keepSettings(dataset, { model: config, training: settings });
          adoptTrained(restored);
          if (restored.damage !== undefined)
            change({ message: damageMessage(restored.step, restored.damage) });
          const unchosen = shown === get().values.data.dataset;
          if (brings && unchosen && dataset && dataset !== shown && !isGone(get(), dataset))
            void get().openDataset(dataset);
        } catch (error) {
          return fail(error);
        } finally {
          change({ isRestoring: false });
        }
        if (hasTrained(get().training)) await drawPreview().catch(fail);
      },

      tellWentBack(step, message) {
        const { training } = get();
        if (!training.model || step === null || step >= training.step) return change({ message });
        training.losses.rewind(step);
        const heldOutLosses = training.heldOutLosses.filter((one) => one.step <= step);
        const health = training.health.filter((one) => one.step <= step);
        change({ step, heldOutLosses, health, message, ...savedUntil(step) });
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
