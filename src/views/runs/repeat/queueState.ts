import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DatasetId } from '../../../engine/data/datasets';
import { trainingGroup } from '../../../settings/groups/training';
import type { Settings } from '../../../settings/settings';
import type { DatasetSlice } from '../../../store/datasetSlice';
import { newModelProblem, type ReadinessState } from '../../../store/readiness';
import type { TrainingSlice } from '../../../store/trainingSlice';
import type { TrainingState } from '../../../store/trainingState';
import type { PageValues, ValuesSlice } from '../../../store/valuesSlice';
import type { RunRecorder } from '../record/recorder';
import { allSettings } from '../runActions';
import type { GridRun } from './grid';

export interface QueuedRun extends GridRun {
  status: 'waiting' | 'training' | 'done' | 'diverged' | 'stopped';
}

export interface QueueState {
  status: 'idle' | 'running' | 'paused' | 'done' | 'stopped';
  runs: readonly QueuedRun[];
  /** Training steps of each. */
  steps: number;
  /** Why it stopped, for the user. */
  problem: string | null;
  /** Trains the runs in turn, each with a new model; resolves when they are done, paused or stopped. */
  start(dataset: DatasetId, runs: readonly GridRun[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run under way, and leaves the others out. The settings of the page are as they were before. */
  stop(): Promise<void>;
}

type Core = TrainingSlice &
  ReadinessState &
  Pick<DatasetSlice, 'chooseDataset'> &
  Pick<ValuesSlice, 'put'> & { values: PageValues };

export interface QueuePlace {
  core: Pick<StoreApi<Core>, 'getState' | 'subscribe'>;
  recorder(): Pick<RunRecorder, 'keepCheckpoint' | 'nameNext'> | undefined;
}

/** Runs that the page trains one after the other. */
export function createQueue({ core, recorder }: QueuePlace) {
  return createStore<QueueState>()((set, get) => {
    /** What the page had before, and the model of the run under way. */
    let before: { dataset: DatasetId; settings: Settings } | null = null;
    let model: TrainingState['model'] = null;
    let stopping = false;

    const mark = (i: number, status: QueuedRun['status']) =>
      set({ runs: get().runs.map((run, at) => (at === i ? { ...run, status } : run)) });

    /** Ends the queue, with the settings of before. */
    function end(status: 'done' | 'stopped', problem: string | null = null): void {
      const { values, put } = core.getState();
      if (before && values.data.dataset === before.dataset) put(trainingGroup, allSettings(before.settings));
      before = null;
      const runs = get().runs.map((run) =>
        run.status === 'training' ? { ...run, status: 'stopped' as const } : run,
      );
      set({ status, problem, runs });
    }

    /** Makes the new model of a run. Why that is not possible; null where it was. */
    async function begin({ settings, words }: QueuedRun): Promise<string | null> {
      await recorder()?.keepCheckpoint();
      core.getState().put(trainingGroup, allSettings(settings));
      const problem = newModelProblem(core.getState());
      if (problem !== null) return problem;
      recorder()?.nameNext(words);
      model = null;
      await core.getState().resetTraining();
      const { training } = core.getState();
      return training.status === 'failed' ? (training.message ?? 'The new model could not be made.') : null;
    }

    /** Trains the model of the run under way until it is done or paused; null where another took its place. */
    async function trained(): Promise<TrainingState | null> {
      const { training, startTraining } = core.getState();
      if (model && training.model !== model) return null;
      // A model without a step is made anew as it starts.
      const unsubscribe = core.subscribe((state) => {
        if (state.training.status === 'training') model ??= state.training.model;
      });
      await startTraining();
      unsubscribe();
      const { training: after } = core.getState();
      return model && after.model !== model ? null : after;
    }

    /** Trains from the first run on that is not done. */
    async function go(): Promise<void> {
      set({ status: 'running', problem: null });
      for (;;) {
        const i = get().runs.findIndex(({ status }) => status === 'waiting' || status === 'training');
        const run = get().runs[i];
        if (stopping) return end('stopped');
        if (!run) return end('done');
        if (run.status === 'waiting') {
          const problem = await begin(run);
          if (problem !== null) return end('stopped', problem);
          mark(i, 'training');
          if (stopping) continue;
        }
        const training = await trained();
        if (training === null) return end('stopped', 'Another model took the place of the one in training.');
        if (training.status === 'diverged') mark(i, 'diverged');
        else if (training.step >= get().steps) mark(i, 'done');
        else if (training.status === 'failed') return end('stopped', training.message);
        else if (!stopping) return set({ status: 'paused' });
      }
    }

    return {
      status: 'idle',
      runs: [],
      steps: 0,
      problem: null,

      async start(dataset, runs) {
        const { status } = get();
        if (status === 'running' || status === 'paused') return;
        stopping = false;
        const steps = runs[0]?.settings.training.steps ?? 0;
        set({ runs: runs.map((run) => ({ ...run, status: 'waiting' as const })), steps, status: 'running' });
        await core.getState().pauseTraining();
        if (dataset !== core.getState().values.data.dataset) await core.getState().chooseDataset(dataset);
        before = { dataset, settings: core.getState().values.settings };
        await go();
      },

      pause: () => core.getState().pauseTraining(),

      async resume() {
        if (get().status === 'paused') await go();
      },

      async stop() {
        const { status } = get();
        stopping = true;
        if (status === 'running') await core.getState().pauseTraining();
        else if (status === 'paused') end('stopped');
      },
    };
  });
}
