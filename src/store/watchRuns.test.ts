import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { AnyStudy } from '../engine/study/study';
import type { StudyEngine } from './latestStudy';
import { idleRun, type StudyRun, StudyRunner } from './studyRunner';
import { watchRuns } from './watchRuns';

type State = ReturnType<Parameters<typeof watchRuns>[0]['getState']>;

let page: { visibilityState: DocumentVisibilityState };
let store: ReturnType<typeof watched>;
let end: () => void;

/** What of the page's state is watched: nothing runs. */
function watched() {
  return createStore<State>()((set, get) => ({
    session: { status: 'ready', backend: null, problem: null, stuck: null },
    training: { status: 'paused', step: 0, speed: null } as State['training'],
    sampling: { status: 'idle', recording: null, stepsPerSecond: null } as State['sampling'],
    tellStuck: (stuck) => set({ session: { ...get().session, stuck } }),
  }));
}

function train(training: Partial<State['training']>): void {
  store.setState({ training: { ...store.getState().training, ...training } });
}

function sample(sampling: object): void {
  store.setState({ sampling: { ...store.getState().sampling, ...sampling } });
}

/** What the page says after so many seconds. */
function after(seconds: number): string | null {
  vi.advanceTimersByTime(1000 * seconds);
  return store.getState().session.stuck;
}

beforeEach(() => {
  vi.useFakeTimers();
  page = { visibilityState: 'visible' };
  store = watched();
  end = watchRuns(store, page);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

test('training whose step does not move for a minute is said, until it moves', () => {
  train({ status: 'training', step: 7 });
  expect(after(60)).toBeNull();
  expect(after(1)).toBe('Training has taken no step for 60 s.');
  train({ step: 8 });
  expect(after(1)).toBeNull();
  expect(after(59)).toBeNull();
  expect(after(1)).toBe('Training has taken no step for 60 s.');
  train({ status: 'paused' });
  expect(after(1)).toBeNull();
  expect(after(600)).toBeNull();
});

test('a run that moves is never said, nor is one that is paused or over', () => {
  train({ status: 'training', step: 1 });
  for (let step = 2; step < 12; step++) {
    expect(after(50)).toBeNull();
    train({ step });
  }
  for (const status of ['paused', 'finished', 'diverged', 'failed', 'idle'] as const) {
    train({ status });
    expect(after(600)).toBeNull();
  }
});

test('a slow run gets the time of ten steps', () => {
  train({ status: 'training', step: 7, speed: { stepsPerSecond: 0.1, imagesPerSecond: 1, secondsLeft: 1 } });
  expect(after(100)).toBeNull();
  expect(after(1)).toBe('Training has taken no step for 100 s.');
});

test('sampling is said too, and an engine that does not start before all', () => {
  sample({ status: 'running' });
  expect(after(61)).toBe('Sampling has taken no step for 60 s.');
  sample({ recording: { steps: [{ index: 0 }] } });
  expect(after(60)).toBeNull();
  sample({ recording: { steps: [{ index: 0 }, { index: 1 }] } });
  expect(after(60)).toBeNull();
  store.setState({ session: { ...store.getState().session, status: 'starting' } });
  expect(after(61)).toBe('The engine has not started for 60 s.');
});

test('neither sleep, a clock that is set, nor a hidden tab makes a run look stuck', () => {
  train({ status: 'training', step: 7 });
  after(30);
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(after(1)).toBeNull();
  page.visibilityState = 'hidden';
  expect(after(600)).toBeNull();
  page.visibilityState = 'visible';
  expect(after(29)).toBeNull();
  expect(after(1)).toBe('Training has taken no step for 60 s.');
});

test('a study that reports nothing for a minute is said, until it reports, is paused or stopped', async () => {
  let report = () => {};
  const engine: StudyEngine = {
    study: (_name, _source, _request, listen) => {
      report = () => void listen?.(null as never);
      return new Promise(() => {});
    },
  };
  const runner = new StudyRunner<AnyStudy, StudyRun>(
    engine,
    'bound',
    createStore<StudyRun>()(() => idleRun),
  );
  void runner.ask({ source: { own: 'ema' }, request: {} as never, finish: () => ({}) });
  await Promise.resolve();
  expect(after(60)).toBeNull();
  expect(after(1)).toBe('What a view asked for has not moved for 60 s.');
  report();
  expect(after(60)).toBeNull();
  expect(after(1)).toBe('What a view asked for has not moved for 60 s.');
  runner.pause();
  expect(after(600)).toBeNull();
  runner.resume();
  expect(after(61)).toBe('What a view asked for has not moved for 60 s.');
  runner.stop();
  expect(after(600)).toBeNull();
});
