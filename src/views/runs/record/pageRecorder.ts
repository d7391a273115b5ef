import { createStore } from 'zustand/vanilla';
import { measuredQuality } from '../../../store/measuredQuality';
import { engine, useStore } from '../../../store/store';
import { browserRuns } from '../storage/runStorage';
import { RunRecorder, type WriteChain } from './recorder';
import type { RecorderPlace } from './recorderPlace';
import type { Run } from './run';
import { lockRun } from './runLock';

/** From a write to the next while a run is under way. */
const EVERY_MS = 3000;

/** The runs of this page. */
export const pageRuns = browserRuns();

/** The run that was written last, and why it could not be. */
export const written = createStore<{ run: Run | null; problem: string | null }>(() => ({
  run: null,
  problem: null,
}));

let recorder: RunRecorder | undefined;

const chain: WriteChain = { writing: Promise.resolve() };
const common: Omit<RecorderPlace, 'core' | 'engine' | 'measured'> = {
  storage: pageRuns,
  lock: lockRun,
  now: () => performance.now(),
  later(work) {
    const timer = setTimeout(work, EVERY_MS);
    return () => clearTimeout(timer);
  },
  tell: (run, problem) => written.setState({ run, problem }),
};

/** Begins to record the runs of the page; once, when it is opened. */
export function recordRuns(): void {
  recorder ??= new RunRecorder({ ...common, core: useStore, engine, measured: measuredQuality }, chain);
}

/** Records a second model, whose quality nobody measures while it trains. */
export function recordSecond(place: Pick<RecorderPlace, 'core' | 'engine'>): RunRecorder {
  return new RunRecorder({ ...common, ...place, measured: { subscribe: () => () => {} } }, chain);
}

/** The recorder of the page, where it records. */
export function pageRecorder(): RunRecorder | undefined {
  return recorder;
}
