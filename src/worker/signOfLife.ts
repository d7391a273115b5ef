/**
 * Called in a worker: tells its page of a lock that the worker holds for as long as it lives. Where the browser has no locks
 * (a page that is not secure), nobody hears of its end.
 */
export function giveSignOfLife(): void {
  if (!navigator.locks) return;
  const lock = `engine-${crypto.randomUUID()}`;
  void navigator.locks.request(lock, () => {
    postMessage({ lock });
    return new Promise(() => {});
  });
}

/** The lock that a message of a worker tells of; none where it tells something else. */
export function lockOfLife(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('lock' in message)) return undefined;
  return typeof message.lock === 'string' ? message.lock : undefined;
}
