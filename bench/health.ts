import { MeasuredModel } from '../src/engine/measure/measuredModel';
import { HealthMonitor } from '../src/engine/network/healthMonitor';
import type { BenchEngine } from './engine';
import type { IssueSubject } from './issue';

/** What measuring the health of the layers costs training. */
export interface HealthPoint {
  name: string;
  batchSize: number;
  backend: string;
  /** Mean milliseconds of a train step, without and with the measurement. */
  plainMs: number;
  watchedMs: number;
  /** How often the health was measured, and in how many steps. */
  measurements: number;
  steps: number;
  /** What the page shows of it: the share of the time that the monitor counts for itself, 0 … 1. */
  ownShare: number;
}

/** Both train in turns of this many milliseconds, so that what slows the machine for a while slows both. */
const TURN_MS = 500;
/** Steps before the first turn: the backend prepares what it keeps. */
const WARM_UP = 10;

/** Trains a model without and with the measurement, in turns, for as long as `budgetMs` allows. */
export async function measureHealth(
  { backend, operations }: Pick<BenchEngine, 'backend' | 'operations'>,
  { name, config, batchSize }: IssueSubject,
  budgetMs: number,
): Promise<HealthPoint> {
  if (!operations) throw new Error('--health measures in Node only.');
  const model = new MeasuredModel(config, batchSize, operations);
  const spent = { plain: 0, watched: 0 };
  const steps = { plain: 0, watched: 0 };
  let turnBegan = performance.now();
  // The time of training with the measurement, that of the other turns left out.
  const monitor = new HealthMonitor(undefined, () => spent.watched + performance.now() - turnBegan);
  let measurements = 0;

  async function turn(kind: 'plain' | 'watched', step: () => Promise<unknown>): Promise<void> {
    turnBegan = performance.now();
    do {
      await step();
      steps[kind]++;
    } while (performance.now() - turnBegan < TURN_MS);
    spent[kind] += performance.now() - turnBegan;
  }
  const plain = () => model.trainStep();
  const watched = async () => {
    await model.trainStep(monitor.watch(operations));
    if (monitor.isWaiting && (await monitor.measure())) measurements++;
  };

  for (let i = 0; i < WARM_UP; i++) await plain();
  turnBegan = performance.now();
  monitor.switch(true);
  while (spent.plain + spent.watched < budgetMs) {
    await turn('plain', plain);
    await turn('watched', watched);
  }
  turnBegan = performance.now();
  const ownShare = monitor.spentShare;
  monitor.switch(false);
  model.dispose();
  return {
    ...{ name, batchSize, backend, measurements, steps: steps.watched, ownShare },
    plainMs: spent.plain / steps.plain,
    watchedMs: spent.watched / steps.watched,
  };
}
