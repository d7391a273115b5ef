import { setImmediate } from 'node:timers/promises';
import type { Operations } from '../../src/engine/kernels/operations';
import {
  type BatchSource,
  type TrainerSettings,
  type TrainingState,
  train,
} from '../../src/engine/training/trainer';
import { CommandError } from '../errors';
import { Progress } from '../progress';
import type { Interruption } from './interruption';

/** Losses that may still be on their way: enough to keep a GPU busy. */
const IN_FLIGHT = 4;
/** Steps whose mean loss is shown. */
const SMOOTHED = 100;

export interface TrainingGoal {
  /** Stop when the model has taken this many steps in all. */
  steps: number;
  /** Save after each of so many steps, and at the end. */
  saveEvery: number;
  save(): Promise<void>;
  interruption: Interruption;
}

/**
 * Trains until the goal is reached or an interruption wants it to stop, and saves. Appends to `losses`. Throws
 * CommandError where the loss is no number: what was saved last stays as it is.
 */
export async function trainUntil(
  state: TrainingState,
  operations: Operations,
  source: BatchSource,
  settings: TrainerSettings,
  losses: number[],
  { steps, saveEvery, save, interruption }: TrainingGoal,
): Promise<void> {
  const inFlight: { step: number; loss: Promise<number> }[] = [];
  const settle = async (atMost: number) => {
    while (inFlight.length > atMost) {
      const { step, loss } = inFlight.shift() as { step: number; loss: Promise<number> };
      losses.push(finiteLoss(await loss, step));
    }
  };
  const progress = new Progress('Training', steps, state.step);
  try {
    for await (const { step, loss } of train(state, operations, source, () => settings)) {
      inFlight.push({ step, loss });
      await settle(IN_FLIGHT - 1);
      progress.update(step, losses.length > 0 ? `loss ${meanLoss(losses).toFixed(4)}` : '');
      const stop = step >= steps || interruption.requested;
      if (stop || step % saveEvery === 0) {
        await settle(0);
        await save();
      }
      if (stop) break;
      // Signals and timers have their turn only between tasks.
      await setImmediate();
    }
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
  throw new CommandError(
    `The loss of step ${step} is ${loss}: training has diverged. Take a lower learning rate; what was saved before stays.`,
  );
}
