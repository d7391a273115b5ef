import type { StateCreator } from 'zustand';
import type { BackendReport } from '../engine/backend/report';
import type { BackendChange, EngineApi, StartOptions } from '../worker/protocol';
import type { DatasetSlice } from './datasetSlice';
import type { FirstSampleSlice } from './firstSampleSlice';
import type { SamplingShareSlice } from './samplingShareSlice';
import type { SettingsSlice } from './settingsSlice';
import type { ShareSlice } from './share/shareSlice';
import type { TrainingSlice } from './trainingSlice';

export interface SessionState {
  status: 'starting' | 'ready' | 'failed';
  backend: BackendReport | null;
  /** For the user: why the engine did not start, or what of the address was not heeded. */
  problem: string | null;
}

export interface SessionSlice {
  session: SessionState;
  /** Starts the engine, loads the data set of the settings and brings back the model of the last visit, or draws from one that ships; once. */
  startSession(options: StartOptions, problem: string | null): Promise<void>;
  /** The engine has ended by itself; `problem` says why. */
  endSession(problem: string): void;
  /** Starts the engine anew where it failed, and brings the model back as it was saved last. */
  restartSession(): Promise<void>;
}

/** Whether the engine computes by our own kernels: quick enough to draw before anybody asks. */
export function isQuick({ session }: Pick<SessionSlice, 'session'>): boolean {
  return session.backend?.fused === true;
}

type Needs = SessionSlice &
  Partial<ShareSlice> &
  FirstSampleSlice &
  DatasetSlice &
  SamplingShareSlice &
  SettingsSlice &
  TrainingSlice;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createSessionSlice(
  engine: Pick<EngineApi, 'start'>,
): StateCreator<Needs, [], [], SessionSlice> {
  let started: Promise<void> | null = null;
  let lastOptions: StartOptions = { baseUrl: '' };
  return (set, get) => {
    const change = (session: Partial<SessionState>) => set({ session: { ...get().session, ...session } });

    const hear = ({ backend, step, message }: BackendChange) => {
      change({ backend });
      get().tellWentBack(step, message);
    };

    async function start(options: StartOptions, problem: string | null) {
      lastOptions = options;
      change({ status: 'starting', backend: null, problem });
      try {
        const { samplingShare } = get();
        change({ status: 'ready', backend: await engine.start({ ...options, samplingShare }, hear) });
      } catch (error) {
        return change({ status: 'failed', problem: error instanceof Error ? error.message : String(error) });
      }
      await Promise.all([
        get()
          .chooseDataset(get().settings.dataset)
          .then(() => get().showSharedExample?.()),
        get().restoreTraining().then(get().drawFirstSample),
      ]);
    }

    return {
      session: { status: 'starting', backend: null, problem: null },
      startSession: (options, problem) => (started ??= start(options, problem)),
      endSession: (problem) => change({ status: 'failed', problem }),

      async restartSession() {
        if (get().session.status !== 'failed') return;
        const { step } = get().training;
        get().forgetTraining();
        started = start(lastOptions, null);
        await started;
        if (get().session.status === 'ready') get().tellRestored(step);
      },
    };
  };
}
