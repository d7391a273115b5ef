import type { StateCreator } from 'zustand';
import { messageOf } from '../engine/messageOf';
import type { EngineConnection } from '../worker/client';
import type { BackendChange, StartOptions } from '../worker/protocol';
import type { DatasetSlice } from './datasetSlice';
import type { FirstSampleSlice } from './firstSampleSlice';
import type { SessionState } from './sessionState';
import type { ShareSlice } from './share/shareSlice';
import type { TrainingSlice } from './trainingSlice';
import type { ValuesSlice } from './valuesSlice';

export interface SessionSlice {
  session: SessionState;
  /** Starts the engine, loads the data set of the settings and brings back the model of the last visit, or draws from one that ships; once. */
  startSession(options: StartOptions, problem: string | null): Promise<void>;
  /** The engine has ended by itself; `problem` says why. */
  endSession(problem: string): void;
  /** See SessionState.stuck. */
  tellStuck(stuck: string | null): void;
  /** Starts the engine anew where it failed or is stuck, and brings the model back as it was saved last. */
  restartSession(): Promise<void>;
}

type Needs = SessionSlice &
  Partial<ShareSlice> &
  FirstSampleSlice &
  DatasetSlice &
  ValuesSlice &
  TrainingSlice;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createSessionSlice(
  engine: Pick<EngineConnection, 'start' | 'end'>,
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
      change({ status: 'starting', backend: null, problem, stuck: null });
      try {
        const { samplingShare } = get().values.shown;
        change({ status: 'ready', backend: await engine.start({ ...options, samplingShare }, hear) });
      } catch (error) {
        return change({ status: 'failed', problem: messageOf(error) });
      }
      await Promise.all([
        get()
          .chooseDataset(get().values.data.dataset)
          .then(() => get().showSharedExample?.()),
        get().restoreTraining().then(get().drawFirstSample),
      ]);
    }

    return {
      session: { status: 'starting', backend: null, problem: null, stuck: null },
      startSession: (options, problem) => (started ??= start(options, problem)),
      endSession: (problem) => change({ status: 'failed', problem, stuck: null }),
      tellStuck: (stuck) => change({ stuck }),

      async restartSession() {
        const { status, stuck } = get().session;
        if (stuck !== null) {
          engine.end('it was stuck');
          // Until all that waited for it has heard of its end.
          await new Promise((resolve) => setTimeout(resolve));
        } else if (status !== 'failed') return;
        const { step } = get().training;
        get().forgetTraining();
        started = start(lastOptions, null);
        await started;
        if (get().session.status === 'ready') get().tellRestored(step);
      },
    };
  };
}
