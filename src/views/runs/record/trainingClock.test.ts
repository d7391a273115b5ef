import { expect, test } from 'vitest';
import { TrainingClock } from './trainingClock';

test('counts the time in training, not the pauses', () => {
  const clock = new TrainingClock();
  clock.tick(1000, true);
  clock.tick(3000, true);
  clock.note(10);
  clock.tick(4000, false);
  clock.tick(60_000, true);
  clock.tick(61_500, true);
  clock.note(20);
  expect(clock.times).toEqual([
    { step: 10, seconds: 2 },
    { step: 20, seconds: 4.5 },
  ]);
});

test('keeps few points of a long run, the first and the last among them', () => {
  const clock = new TrainingClock();
  for (let step = 1; step <= 5000; step++) {
    clock.tick(step * 1000, true);
    clock.note(step);
  }
  expect(clock.times.length).toBeLessThanOrEqual(512);
  expect(clock.times[0]).toEqual({ step: 1, seconds: 0 });
  expect(clock.times.at(-1)).toEqual({ step: 5000, seconds: 4999 });
  clock.note(100);
  expect(clock.times.at(-1)?.step).toBe(100);
});
