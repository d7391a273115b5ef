import * as tf from '@tensorflow/tfjs';
import { copyWeights, disposeWeights, type Variables } from '../unet/weights';
import { Random, type RandomState } from './random';
import type { TrainingState } from './trainer';

const parts = ['weights', 'ema', 'm', 'v'] as const;

/** A training state as it stood after a step, in tensors of its own. */
export interface Snapshot extends Record<(typeof parts)[number], Variables> {
  step: number;
  random: RandomState;
}

/** A copy of a state between two steps. Leaves nothing behind where the backend's memory does not suffice. */
export function takeSnapshot(state: TrainingState): Snapshot {
  const copies: Variables[] = [];
  try {
    for (const part of parts) copies.push(copyWeights(state[part]));
  } catch (error) {
    copies.forEach(disposeWeights);
    throw error;
  }
  const [weights, ema, m, v] = copies as [Variables, Variables, Variables, Variables];
  return { weights, ema, m, v, step: state.step, random: state.random.state };
}

/** Puts a state back to where it was; the snapshot's tensors are the state's from then on. */
export function goBack(state: TrainingState, snapshot: Snapshot): void {
  for (const part of parts) {
    disposeWeights(state[part]);
    state[part] = snapshot[part];
  }
  state.step = snapshot.step;
  state.random = new Random(snapshot.random);
}

export function disposeSnapshot(snapshot: Snapshot): void {
  for (const part of parts) disposeWeights(snapshot[part]);
}

/** A training state holds NaN or infinity. */
export class OverflowError extends Error {
  constructor(part: keyof typeof partNames, step: number) {
    super(`The ${partNames[part]} at step ${step} are not finite`);
  }
}

const partNames = {
  weights: 'weights',
  ema: 'EMA weights',
  m: 'first moments of Adam',
  v: 'second moments of Adam',
} as const;

/**
 * What of a state is not finite, if anything is: 'The second moments of Adam at step 12 are not finite'. Losses alone do
 * not tell: where squared gradients overflow, Adam takes steps of 0 and every loss stays finite. Waits for the backend.
 */
export async function overflowOf(state: TrainingState): Promise<string | undefined> {
  const { step } = state;
  // 0 times a finite number is 0; 0 times any other is NaN. On WebGPU addN would bind all tensors at once, and may not.
  const zeros = tf.tidy(() =>
    tf.stack(
      parts.map((part) =>
        tf.stack([...state[part].values()].map((tensor) => tf.tidy(() => tensor.mul(0).sum()))).sum(),
      ),
    ),
  );
  const values = await zeros.data();
  zeros.dispose();
  const part = parts.find((_, i) => values[i] !== 0);
  return part && new OverflowError(part, step).message;
}
