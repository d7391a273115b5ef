import type { StoreApi } from 'zustand';
import type { SamplingSlice } from './samplingSlice';
import type { SessionSlice } from './sessionSlice';
import { studyProgress } from './studyRunner';
import type { TrainingSlice } from './trainingSlice';
import { isTraining } from './trainingState';

/** Seconds without a step after which a run is said to be stuck. */
const PATIENCE = 60;
/** A slow run gets the time of this many of its steps. */
const PATIENT_STEPS = 10;

type Watched = Pick<SessionSlice, 'session' | 'tellStuck'> &
  Pick<TrainingSlice, 'training'> &
  Pick<SamplingSlice, 'sampling'>;

/** What runs in the engine, the worst first. */
interface Run {
  problem: string;
  /** Changes with every step; null where it does not run, or is paused. */
  progress(state: Watched): unknown;
  stepsPerSecond(state: Watched): number | null;
}

const runs: readonly Run[] = [
  {
    problem: 'The engine has not started',
    progress: ({ session }) => (session.status === 'starting' ? 'starting' : null),
    stepsPerSecond: () => null,
  },
  {
    problem: 'Training has taken no step',
    progress: ({ training }) => (isTraining(training) ? training.step : null),
    stepsPerSecond: ({ training }) => training.speed?.stepsPerSecond ?? null,
  },
  {
    problem: 'Sampling has taken no step',
    progress: ({ sampling }) => (sampling.status === 'running' ? sampling.recording?.steps.at(-1) : null),
    stepsPerSecond: ({ sampling }) => sampling.stepsPerSecond,
  },
  {
    problem: 'What a view asked for has not moved',
    progress: () => [...studyProgress].flatMap((tell) => tell() ?? []).join() || null,
    stepsPerSecond: () => null,
  },
];

/**
 * Says in the page which run has not moved for a while though it is not paused, and takes that back when it moves. Seconds are
 * ticks of a timer while the page is visible: a computer that slept, a clock that was set and a hidden tab's slow timers
 * make no run look stuck. Returns what ends the watch.
 */
export function watchRuns(
  store: Pick<StoreApi<Watched>, 'getState'>,
  page: Pick<Document, 'visibilityState'>,
): () => void {
  const waits = runs.map((run) => ({ ...run, last: null as unknown, seconds: 0 }));
  const timer = setInterval(() => {
    if (page.visibilityState === 'hidden') return;
    const state = store.getState();
    for (const wait of waits) {
      const progress = wait.progress(state);
      wait.seconds = progress === null || progress !== wait.last ? 0 : wait.seconds + 1;
      wait.last = progress;
    }
    const patience = (run: Run) => patienceFor(run.stepsPerSecond(state));
    const stuck = waits.find((wait) => wait.seconds >= patience(wait));
    const message = stuck ? `${stuck.problem} for ${patience(stuck)} s.` : null;
    if (message !== state.session.stuck) state.tellStuck(message);
  }, 1000);
  return () => clearInterval(timer);
}

/** Seconds. */
function patienceFor(stepsPerSecond: number | null): number {
  return Math.max(PATIENCE, stepsPerSecond ? Math.round(PATIENT_STEPS / stepsPerSecond) : 0);
}
