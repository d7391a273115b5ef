import { describe, expect, it } from 'vitest';
import type { StepHealth } from '../engine/network/healthMonitor';
import { mostHealth, withHealth } from './healthHistory';

const at = (step: number): StepHealth => ({ step, layers: [] });
const steps = (history: readonly StepHealth[]) => history.map(({ step }) => step);

describe('the history of health', () => {
  it('never grows beyond its limit, and spans all steps to the newest', () => {
    let history: StepHealth[] = [];
    for (let step = 1; step <= 5000; step++) {
      history = withHealth(history, at(step));
      expect(history.length).toBeLessThanOrEqual(mostHealth);
    }
    expect(history.length).toBeGreaterThan(mostHealth / 2 - 1);
    expect(history[0]?.step).toBe(1);
    expect(history.at(-1)?.step).toBe(5000);
    expect(steps(history)).toEqual(steps(history).sort((a, b) => a - b));
  });

  it('forgets what comes again', () => {
    const history = [at(1), at(5), at(9)];
    expect(steps(withHealth(history, at(5)))).toEqual([1, 5]);
    expect(steps(withHealth(history, at(7)))).toEqual([1, 5, 7]);
  });
});
