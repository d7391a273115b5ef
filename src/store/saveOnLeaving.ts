/**
 * Saves a model in training when the page goes out of sight: the last moment that browsers tell of before a tab is closed
 * or put to sleep. Between runs it is saved already.
 */
export function saveOnLeaving(
  page: Pick<Document, 'visibilityState' | 'addEventListener'>,
  isTraining: () => boolean,
  save: () => Promise<void>,
): void {
  page.addEventListener('visibilitychange', () => {
    // What cannot be saved is said by the run itself.
    if (page.visibilityState === 'hidden' && isTraining()) save().catch(() => {});
  });
}
