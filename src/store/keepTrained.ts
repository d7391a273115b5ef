import type { StoreApi } from 'zustand';
import { isTraining, type TrainingState } from './trainingState';

/** Training in one visit after which its model is worth a question: some browsers ask the user. */
const WORTH_MS = 2 * 60_000;

/** Asks, once in a visit, to keep the autosave until the user deletes it: when minutes of training stand to be lost. */
export function keepTrained(
  store: Pick<StoreApi<{ training: TrainingState }>, 'subscribe'>,
  ask: () => unknown,
): void {
  let trained = 0;
  let begun: number | undefined;
  const unsubscribe = store.subscribe(({ training }, before) => {
    if (training === before.training) return;
    const now = performance.now();
    if (begun !== undefined) trained += now - begun;
    begun = isTraining(training) ? now : undefined;
    if (trained < WORTH_MS) return;
    unsubscribe();
    ask();
  });
}
