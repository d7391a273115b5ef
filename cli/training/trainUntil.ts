import { setImmediate } from 'node:timers/promises';
import type { Operations } from '../../src/engine/kernels/operations';
import { overflowOf } from '../../src/engine/training/snapshot';
import {
  type BatchSource,
  type TrainerSettings,
  type TrainingState,
  type TrainingStep,
  train,
} from '../../src/engine/training/trainer';
import { CommandError } from '../errors';
import type { RunLog } from '../log/runLog';
import { Progress } from '../progress';
import type { Interruption } from './interruption';
import type { RunSaver } from './runSaver';

/** Losses that may still be on their way: enough to keep a GPU busy. */
const IN_FLIGHT = 4;
/** Steps whose mean loss is shown. */
const SMOOTHED = 100;

export interface TrainingGoal {
  /** Stop when the model has taken this many steps in all. */
  steps: number;
  saver: RunSaver;
  interruption: Interruption;
  log?: RunLog | undefined;
}

/**
 * Trains until the goal is reached or an interruption wants it to stop, and saves. Appends to `losses`. Throws
 * CommandError where a loss or the state is not finite: what was saved last stays as it is.
 */
export async function trainUntil(
  state: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: TrainerSettings,
  losses: number[],
  { steps, saver, interruption, log }: TrainingGoal,
): Promise<void> {
  const inFlight: TrainingStep[] = [];
  const settle = async (atMost: number) => {
    while (inFlight.length > atMost) {
      const { step, t, loss, errors } = inFlight.shift() as TrainingStep;
      losses.push(finiteLoss(await loss, step));
      log?.takeErrors(t, await errors);
    }
  };
  const progress = new Progress('Training', steps, state.step);
  try {
    for await (const taken of train(state, operations, source, () => settings)) {
      const { step } = taken;
      inFlight.push(taken);
      await settle(IN_FLIGHT - 1);
      progress.update(step, losses.length > 0 ? `loss ${meanLoss(losses).toFixed(4)}` : '');
      const stop = step >= steps || interruption.requested;
      if (stop || saver.isDue(step)) {
        await settle(0);
        const overflow = await overflowOf(state);
        if (overflow) throw diverged(overflow);
        await (stop ? saver.saveLast() : saver.save());
      }
      if (log && (stop || log.isDue(step))) {
        await settle(0);
        await log.record(step >= steps ? 'finished' : stop ? 'interrupted' : undefined);
      }
      if (stop) break;
      // Signals and timers have their turn only between tasks.
      await setImmediate();
    }
  } catch (error) {
    if (error instanceof CommandError) await log?.diverge();
    throw error;
  } finally {
    progress.stop();
  }
}

/** Mean of the last losses. */
export function meanLoss(losses: readonly number[]): number {
  const last = losses.slice(-SMOOTHED);
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

function finiteLoss(loss: number, step: number): number {
  if (Number.isFinite(loss)) return loss;
  throw diverged(`The loss of step ${step} is ${loss}`);
}

function diverged(reason: string): CommandError {
  return new CommandError(
    `${reason}: training has diverged. Take a lower learning rate; what was saved before stays.`,
  );
}
