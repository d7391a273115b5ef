import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DatasetId } from '../../../engine/data/datasets';
import { trainingGroup } from '../../../settings/groups/training';
import type { Settings } from '../../../settings/settings';
import { newModelProblem } from '../../../store/readiness';
import type { TrainingState } from '../../../store/trainingState';
import type { RunRecorder } from '../record/recorder';
import { allSettings } from '../runActions';
import type { GridRun } from './grid';
import type { QueueCore } from './queueCore';
import type { SecondTraining } from './secondTraining';

export interface QueuedRun extends GridRun {
  status: 'waiting' | 'training' | 'done' | 'diverged' | 'stopped';
  /** Steps that it has taken. */
  step: number;
}

export interface QueueState {
  status: 'idle' | 'running' | 'paused' | 'done' | 'stopped';
  runs: readonly QueuedRun[];
  /** Training steps of each. */
  steps: number;
  /** Why it stopped, for the user. */
  problem: string | null;
  /**
   * Trains the runs, each with a new model: one after the other, or two at a time in turns of one step. Resolves when they
   * are done, paused or stopped.
   */
  start(dataset: DatasetId, runs: readonly GridRun[], inTurns?: boolean): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run under way, and leaves the others out. The settings of the page are as they were before. */
  stop(): Promise<void>;
}

export interface QueuePlace {
  core: Pick<StoreApi<QueueCore>, 'getState' | 'subscribe'>;
  recorder(): Pick<RunRecorder, 'keepCheckpoint' | 'nameNext'> | undefined;
  /** Makes a second model. */
  second(settings: Settings, words: string): SecondTraining;
}

/** Where a run of the queue is trained: as the model of the page, or as a second one in turns with it. */
interface Lane {
  index: number;
  second?: SecondTraining;
}

/** Runs that the page trains one after the other, or two in turns. */
export function createQueue({ core, recorder, second }: QueuePlace) {
  return createStore<QueueState>()((set, get) => {
    /** What the page had before, and the model of the run under way. */
    let before: { dataset: DatasetId; settings: Settings } | null = null;
    let model: TrainingState['model'] = null;
    let stopping = false;
    let inTurns = false;
    let lanes: Lane[] = [];

    const change = (i: number, to: Partial<QueuedRun>) =>
      set({ runs: get().runs.map((run, at) => (at === i ? { ...run, ...to } : run)) });

    /** Ends the queue, with the settings of before. */
    function end(status: 'done' | 'stopped', problem: string | null = null): void {
      const { values, put } = core.getState();
      if (before && values.data.dataset === before.dataset) put(trainingGroup, allSettings(before.settings));
      before = null;
      const runs = get().runs.map((run) =>
        run.status === 'training' ? { ...run, status: 'stopped' as const } : run,
      );
      lanes = [];
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

    /** Gives the next runs their lanes. Why that is not possible; null where it was, or where none is left. */
    async function assign(): Promise<string | null> {
      const waiting = get().runs.flatMap(({ status }, i) => (status === 'waiting' ? [i] : []));
      const [index, other] = waiting;
      if (index === undefined) return null;
      const problem = await begin(get().runs[index] as QueuedRun);
      if (problem !== null) return problem;
      change(index, { status: 'training' });
      lanes = [{ index }];
      if (!inTurns || other === undefined || stopping) return null;
      const { settings, words } = get().runs[other] as QueuedRun;
      const training = second(settings, words);
      change(other, { status: 'training' });
      lanes.push({ index: other, second: training });
      return null;
    }

    /** Trains the run of a lane until it is done or paused. Why the queue cannot go on; null where it can. */
    async function trainLane({ index, second }: Lane): Promise<string | null> {
      const follow = () => {
        const { step } = second?.training() ?? core.getState().training;
        if (step !== get().runs[index]?.step && step <= get().steps) change(index, { step });
      };
      const unsubscribe = (second ?? core).subscribe(follow);
      const training = second ? await second.train() : await trained();
      unsubscribe();
      const failed = (problem: string | null) => {
        void pauseBoth();
        return problem;
      };
      if (training === null) return failed('Another model took the place of the one in training.');
      await second?.kept();
      if (training.status === 'diverged') change(index, { status: 'diverged' });
      else if (training.step >= get().steps) change(index, { status: 'done' });
      else if (training.status === 'failed') return failed(training.message ?? 'The second run failed.');
      return null;
    }

    /** Resolves when the model of the page has taken a step, or its run has `ended`. */
    async function begun(ended: Promise<unknown>): Promise<void> {
      let unsubscribe = () => {};
      const stepped = new Promise<void>((resolve) => {
        unsubscribe = core.subscribe(({ training }) => training.status === 'training' && resolve());
      });
      await Promise.race([ended, stepped]);
      unsubscribe();
    }

    /** Trains from the first run on that is not done. */
    async function go(): Promise<void> {
      set({ status: 'running', problem: null });
      for (;;) {
        if (stopping) return end('stopped');
        if (lanes.length === 0) {
          const problem = await assign();
          if (problem !== null) return end('stopped', problem);
          if (lanes.length === 0) return end('done');
          if (stopping) continue;
        }
        const [first, ...others] = lanes as [Lane, ...Lane[]];
        const ended = trainLane(first);
        // The first of two is the first in the list of runs too.
        if (others.length > 0) await begun(ended);
        // A pause may have come before its first step.
        const { status } = core.getState().training;
        const isHeld = status === 'paused' || status === 'failed';
        const problems = await Promise.all([ended, ...(isHeld ? [] : others.map(trainLane))]);
        const problem = problems.find((one) => one !== null);
        if (problem !== undefined) return end('stopped', problem);
        lanes = lanes.filter(({ index }) => get().runs[index]?.status === 'training');
        if (lanes.length > 0 && !stopping) return set({ status: 'paused' });
      }
    }

    /** Both runs that are under way. */
    async function pauseBoth(): Promise<void> {
      await Promise.all([core.getState().pauseTraining(), ...lanes.map(({ second }) => second?.pause())]);
    }

    return {
      status: 'idle',
      runs: [],
      steps: 0,
      problem: null,

      async start(dataset, runs, together = false) {
        const { status } = get();
        if (status === 'running' || status === 'paused') return;
        [stopping, inTurns, lanes] = [false, together, []];
        const steps = runs[0]?.settings.training.steps ?? 0;
        set({
          runs: runs.map((run) => ({ ...run, status: 'waiting' as const, step: 0 })),
          steps,
          status: 'running',
        });
        await core.getState().pauseTraining();
        if (dataset !== core.getState().values.data.dataset) await core.getState().chooseDataset(dataset);
        before = { dataset, settings: core.getState().values.settings };
        await go();
      },

      pause: pauseBoth,

      async resume() {
        if (get().status === 'paused') await go();
      },

      async stop() {
        const { status } = get();
        stopping = true;
        if (status === 'running') await pauseBoth();
        else if (status === 'paused') end('stopped');
      },
    };
  });
}
