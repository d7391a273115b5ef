import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveOnLeaving } from './saveOnLeaving';
import type { TrainingStatus } from './trainingState';

const save = vi.fn(async () => {});
let training: { status: TrainingStatus; unsavedSince: number | null };
let page: EventTarget & { visibilityState: DocumentVisibilityState };
let window: EventTarget;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  save.mockClear();
  training = { status: 'paused', unsavedSince: null };
  page = Object.assign(new EventTarget(), { visibilityState: 'hidden' as const });
  window = new EventTarget();
  saveOnLeaving(page as unknown as Document, window as unknown as Window, () => training, save);
});
afterEach(() => {
  vi.useRealTimers();
});

test('saves when the page is left while training, and only then', () => {
  const change = () => page.dispatchEvent(new Event('visibilitychange'));
  change();
  expect(save).not.toHaveBeenCalled();
  training.status = 'training';
  change();
  expect(save).toHaveBeenCalledOnce();
  page.visibilityState = 'visible';
  change();
  expect(save).toHaveBeenCalledOnce();
});

test('asks before more than five seconds of training are lost, and only then', () => {
  /** Whether the browser would ask. */
  const leave = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  training = { status: 'training', unsavedSince: performance.now() };
  vi.advanceTimersByTime(4900);
  expect(leave()).toBe(false);
  vi.advanceTimersByTime(200);
  expect(leave()).toBe(true);
  expect(save).toHaveBeenCalledOnce();
  training.unsavedSince = null;
  expect(leave()).toBe(false);
  // The storage refused what was trained.
  training = { status: 'finished', unsavedSince: 0 };
  expect(leave()).toBe(true);
  expect(save).toHaveBeenCalledOnce();
});
