import * as Comlink from 'comlink';
import type { EngineApi } from './protocol';
import { lockOfLife } from './signOfLife';

interface Connection {
  remote: Comlink.Remote<EngineApi>;
  /** Rejects when the worker has ended: whoever waits for an answer would wait for ever. */
  failed: Promise<never>;
  end(reason: string): void;
}

/**
 * The engine in a worker of its own, which starts at the first call. A call rejects with a message for the user where the
 * engine does, and also where the worker itself ends: `onEnd` hears of that, and the next call starts another worker.
 */
export function connectEngine(onEnd: (message: string) => void = () => {}): EngineApi {
  let connection: Connection | undefined;

  function connect(): Connection {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    const remote = Comlink.wrap<EngineApi>(worker);
    let reject: (error: Error) => void = () => {};
    const failed = new Promise<never>((_, rejected) => {
      reject = rejected;
    });
    // Whoever waits hears of it; nobody may be waiting.
    failed.catch(() => {});
    const end = (reason: string) => {
      if (connection?.failed !== failed) return;
      connection = undefined;
      // What is left of it must not go on unseen.
      worker.terminate();
      const message = `The engine stopped: ${reason}. Start it again: the model comes back as it was saved last.`;
      reject(new Error(message));
      onEnd(message);
    };
    worker.addEventListener('error', ({ message }) => end(message || 'its worker did not load'));
    worker.addEventListener('messageerror', () => end('its worker sent what this browser cannot read'));
    worker.addEventListener('message', ({ data }) => {
      // The worker holds this lock for as long as it lives; a worker that ends says nothing.
      const lock = lockOfLife(data);
      if (lock) void navigator.locks.request(lock, () => end('its worker was ended by the browser'));
    });
    return { remote, failed, end };
  }

  const call =
    <Name extends keyof EngineApi>(name: Name) =>
    (...args: Parameters<EngineApi[Name]>): ReturnType<EngineApi[Name]> => {
      connection ??= connect();
      const method = connection.remote[name] as unknown as (...args: unknown[]) => Promise<unknown>;
      const sent = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
      return Promise.race([method(...sent), connection.failed]) as ReturnType<EngineApi[Name]>;
    };

  return {
    async start(...args) {
      try {
        return await call('start')(...args);
      } catch (error) {
        // Only a new worker can try again.
        connection?.end('no backend works');
        throw error;
      }
    },
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
    exportModel: call('exportModel'),
    saveModel: call('saveModel'),
    inspectModel: call('inspectModel'),
    importModel: call('importModel'),
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
