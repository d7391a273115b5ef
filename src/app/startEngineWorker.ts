/** Starts the worker that holds the engine and the studies of all views. */
export function startEngineWorker(): Worker {
  return new Worker(new URL('./engineWorker.ts', import.meta.url), { type: 'module', name: 'engine' });
}
