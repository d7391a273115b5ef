import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tinyTraining } from '../testing/tinyModel';
import { Losses } from './losses';
import { ProgressReports } from './progressReports';
import type { TrainingEvent } from './protocol';

type Progress = Extract<TrainingEvent, { kind: 'progress' }>;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

let losses: Losses;
let settings = tinyTraining;
let reports: ProgressReports;
let reported: Progress[];

beforeEach(() => {
  settings = { ...tinyTraining, batchSize: 8, steps: 100 };
  losses = new Losses();
  reported = [];
  reports = new ProgressReports(
    losses,
    () => settings,
    (event) => reported.push(event as Progress),
  );
});

/** Takes steps whose losses are their numbers. */
function takeSteps(count: number, milliseconds: number): void {
  for (let i = 0; i < count; i++) losses.push(losses.length + 1);
  vi.advanceTimersByTime(milliseconds);
}

test('every loss is reported once, with the speed and the time that is left', () => {
  takeSteps(10, 1000);
  reports.report();
  reports.report();
  expect(reported).toEqual([
    expect.objectContaining({ step: 10, stepsPerSecond: 10, imagesPerSecond: 80, secondsLeft: 9 }),
  ]);
  takeSteps(2, 200);
  reports.report();
  expect(reported.map(({ losses: values }) => [...values])).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [11, 12],
  ]);
});

test('the first step is reported at once, then eight reports a second at most', () => {
  for (let step = 0; step < 100; step++) {
    takeSteps(1, 10);
    reports.reportIfDue();
  }
  expect(reported[0]?.step).toBe(1);
  expect(reported.length).toBeGreaterThan(6);
  expect(reported.length).toBeLessThan(10);
});

test('a target or a batch size that changes counts from the next report on', () => {
  takeSteps(10, 1000);
  reports.report();
  settings = { ...settings, steps: 30 };
  takeSteps(10, 1000);
  reports.report();
  expect(reported[1]).toMatchObject({ stepsPerSecond: 10, secondsLeft: 1 });
  // A batch four times as large takes four times as long: no average with the steps before.
  settings = { ...settings, batchSize: 32 };
  takeSteps(5, 2000);
  reports.report();
  expect(reported[2]).toMatchObject({ stepsPerSecond: 2.5, imagesPerSecond: 80, secondsLeft: 2 });
  settings = { ...settings, steps: 20 };
  takeSteps(1, 400);
  reports.report();
  expect(reported[3]?.secondsLeft).toBe(0);
});
