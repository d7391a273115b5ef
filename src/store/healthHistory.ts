import type { StepHealth } from '../engine/network/healthMonitor';

/** Measurements that are kept, at most. */
export const mostHealth = 240;

/**
 * The history with a new measurement. Those of the same step or later, which the weights went back before, are forgotten.
 * Where it grows too long, every second one is: what is left spans all steps evenly.
 */
export function withHealth(history: readonly StepHealth[], measured: StepHealth): StepHealth[] {
  const all = [...history.filter(({ step }) => step < measured.step), measured];
  return all.length <= mostHealth ? all : all.filter((_, i) => i % 2 === 0 || i === all.length - 1);
}
