import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AnyStudy } from '../engine/study/study';
import type { StudyEngine } from './latestStudy';
import { idleRun, type StudyRun, StudyRunner } from './studyRunner';

/** The state of a view around one study. */
export interface StudyState extends StudyRun {
  /** Ends the run; what it shows stays. */
  stop(): void;
}

/** Of a view that measures a model. */
export interface MeasuringState extends StudyState {
  /** Measures the model as it is now; a run under way ends. */
  measure(): Promise<void>;
  /** Shows what was measured in advance of a model that ships, where the settings are the same. */
  recall(): Promise<void>;
}

/** A store of the run of one study, with what the view adds to it. */
export function studyStore<Asked extends AnyStudy, State extends StudyState>(
  engine: StudyEngine,
  name: string,
  own: (
    runner: StudyRunner<Asked, State>,
    set: (state: Partial<State>) => void,
    get: () => State,
  ) => Omit<State, keyof StudyState> & Partial<StudyState>,
): StoreApi<State> {
  return createStore<State>()((set, get, store) => {
    const runner = new StudyRunner<Asked, State>(engine, name, store);
    return { ...idleRun, stop: () => runner.stop(), ...own(runner, set, get) } as State;
  });
}
