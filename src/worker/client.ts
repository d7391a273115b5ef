import * as Comlink from 'comlink';
import type { EngineApi } from './protocol';

/**
 * The engine in a worker of its own, which starts at the first call. A call rejects with a message for the user where the
 * engine does, and also where the worker itself ends, so that nobody waits for an answer that cannot come.
 */
export function connectEngine(): EngineApi {
  let connection: { remote: Comlink.Remote<EngineApi>; failed: Promise<never> } | undefined;
  const connect = () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', ({ message }) =>
        reject(
          new Error(`The engine's worker failed${message ? `: ${message}` : ' to load'}. Reload the page.`),
        ),
      );
      worker.addEventListener('messageerror', () =>
        reject(new Error("The engine's worker sent what this browser cannot read. Reload the page.")),
      );
    });
    // Whoever waits hears of it; nobody may be waiting.
    failed.catch(() => {});
    return { remote: Comlink.wrap<EngineApi>(worker), failed };
  };

  const call =
    <Name extends keyof EngineApi>(name: Name) =>
    (...args: Parameters<EngineApi[Name]>): ReturnType<EngineApi[Name]> => {
      connection ??= connect();
      const method = connection.remote[name] as unknown as (...args: unknown[]) => Promise<unknown>;
      const sent = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
      return Promise.race([method(...sent), connection.failed]) as ReturnType<EngineApi[Name]>;
    };

  return {
    start: call('start'),
    loadDataset: call('loadDataset'),
    openOwnDataset: (dataset) =>
      call('openOwnDataset')(
        Comlink.transfer(dataset, [
          dataset.levels.buffer as ArrayBuffer,
          dataset.labels.buffer as ArrayBuffer,
        ]),
      ),
    createModel: call('createModel'),
    restore: call('restore'),
    train: call('train'),
    pauseTraining: call('pauseTraining'),
    sample: call('sample'),
    setSamplingShare: call('setSamplingShare'),
    controlSampling: call('controlSampling'),
    study: call('study') as EngineApi['study'],
    profile: call('profile'),
    measure: call('measure'),
    measurePeak: call('measurePeak'),
  };
}
