import { isTraining, type TrainingState } from './trainingState';

/** Training that may be lost without a question, milliseconds: about what lies between two saves. */
const MOST_LOST_MS = 5000;

type Training = Pick<TrainingState, 'status' | 'unsavedSince'>;

/**
 * Saves a model in training when the page goes out of sight: the last moment that browsers tell of before a tab is closed
 * or put to sleep. Where leaving would lose more than a moment's training, because a save is late or the storage refuses, the
 * browser asks first.
 */
export function saveOnLeaving(
  page: Pick<Document, 'visibilityState' | 'addEventListener'>,
  window: Pick<Window, 'addEventListener'>,
  training: () => Training,
  save: () => Promise<void>,
): void {
  page.addEventListener('visibilitychange', () => {
    // What cannot be saved is said by the run itself.
    if (page.visibilityState === 'hidden' && isTraining(training())) save().catch(() => {});
  });
  window.addEventListener('beforeunload', (event) => {
    if (!isAtRisk(training())) return;
    event.preventDefault();
    // While the question is open there is time for it.
    if (isTraining(training())) save().catch(() => {});
  });
}

function isAtRisk({ unsavedSince }: Training): boolean {
  return unsavedSince !== null && performance.now() - unsavedSince > MOST_LOST_MS;
}
