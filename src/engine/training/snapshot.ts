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

/** Whether all numbers of a state are finite. Waits for the backend. */
export async function isSound(state: TrainingState): Promise<boolean> {
  const zero = tf.tidy(() => {
    const tensors = parts.flatMap((part) => [...state[part].values()]);
    return tf.stack(tensors.map((tensor) => tf.tidy(() => tensor.mul(0).sum()))).sum();
  });
  const [value] = await zero.data();
  zero.dispose();
  return value === 0;
}
