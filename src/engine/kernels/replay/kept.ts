import type * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';
import { canReplay, Repeated } from './repeated';

/** Computations kept for one owner: more than a run of training, its preview and its held-out losses need at a time. */
const MOST_KEPT = 8;

interface Kept {
  repeated: Repeated<object>;
  /** What it was made with. */
  settings: readonly object[];
}

const kept = new WeakMap<object, Map<string, Kept>>();

/**
 * The computation of a key that belongs to an owner, the tensors that it works on; made anew for other `settings`, which
 * `work` closes over. The one that was used longest ago goes where there are too many. Nothing is kept for operations that
 * are never replayed.
 */
export function repeatedOf<Input extends object>(
  owner: object,
  key: string,
  operations: Operations,
  settings: readonly object[],
  work: (input: Input) => tf.Tensor,
): Repeated<Input> {
  if (!canReplay(operations)) return new Repeated(operations, work);
  const ofOwner = kept.get(owner) ?? new Map<string, Kept>();
  kept.set(owner, ofOwner);
  let found = ofOwner.get(key);
  if (found?.settings.some((part, i) => part !== settings[i])) {
    found.repeated.dispose();
    found = undefined;
  }
  found ??= { repeated: new Repeated(operations, work) as unknown as Repeated<object>, settings };
  // The order of a map is that of its use.
  ofOwner.delete(key);
  ofOwner.set(key, found);
  if (ofOwner.size > MOST_KEPT) {
    const [oldest, { repeated }] = ofOwner.entries().next().value as [string, Kept];
    repeated.dispose();
    ofOwner.delete(oldest);
  }
  return found.repeated as unknown as Repeated<Input>;
}

/** Gives up all that is kept for an owner. */
export function disposeRepeated(owner: object): void {
  for (const { repeated } of kept.get(owner)?.values() ?? []) repeated.dispose();
  kept.delete(owner);
}
