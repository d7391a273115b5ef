import { createStore } from 'zustand/vanilla';
import { measuredQuality } from '../../../store/measuredQuality';
import { engine, useStore } from '../../../store/store';
import { browserRuns } from '../storage/runStorage';
import { RunRecorder } from './recorder';
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

/** Begins to record the runs of the page; once, when it is opened. */
export function recordRuns(): void {
  recorder ??= new RunRecorder({
    core: useStore,
    engine,
    storage: pageRuns,
    lock: lockRun,
    measured: measuredQuality,
    now: () => performance.now(),
    later(work) {
      const timer = setTimeout(work, EVERY_MS);
      return () => clearTimeout(timer);
    },
    tell: (run, problem) => written.setState({ run, problem }),
  });
}

/** The recorder of the page, where it records. */
export function pageRecorder(): RunRecorder | undefined {
  return recorder;
}
