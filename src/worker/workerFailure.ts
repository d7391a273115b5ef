/**
 * Rejects when the worker itself ends, with a message for the user: `name` is what failed, `advice` what to do. Whoever waits
 * for an answer would wait for ever.
 */
export function workerFailure(worker: Worker, name: string, advice: string): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(`${name} failed${message ? `: ${message}` : ' to load'}. ${advice}`)),
    );
  });
  // Without this, a rejection that nobody awaits would count as unhandled.
  failed.catch(() => {});
  return failed;
}
