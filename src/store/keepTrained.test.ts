import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { keepTrained } from './keepTrained';
import type { TrainingState, TrainingStatus } from './trainingState';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks once, after two minutes of training, however they are parted', () => {
  const store = createStore(() => ({ training: { status: 'idle' } as TrainingState }));
  const ask = vi.fn();
  keepTrained(store, ask);
  const pass = (seconds: number, status: TrainingStatus) => {
    vi.advanceTimersByTime(1000 * seconds);
    store.setState({ training: { ...store.getState().training, status } });
  };
  pass(600, 'starting');
  pass(1, 'training');
  pass(60, 'paused');
  pass(600, 'training');
  pass(58, 'training');
  expect(ask).not.toHaveBeenCalled();
  pass(2, 'training');
  expect(ask).toHaveBeenCalledOnce();
  pass(600, 'finished');
  expect(ask).toHaveBeenCalledOnce();
});
