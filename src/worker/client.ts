import * as Comlink from 'comlink';
import type { BackendReport } from '../engine/backend/report';
import type { LoadedDataset } from '../engine/data/datasets';
import type { EngineApi } from './protocol';
import { lockOfLife } from './signOfLife';

interface Connection {
  remote: Comlink.Remote<EngineApi>;
  /** Rejects when the worker has ended: its answers would never come. */
  failed: Promise<never>;
  end(reason: string): void;
}

/** The engine's session, as a page calls it. */
export interface EngineConnection extends EngineApi {
  /** Ends the worker, whatever it does; `reason` completes "The engine stopped: ". */
  end(reason: string): void;
}

/**
 * The engine in a worker of its own, which starts at the first call and forwards every method of the session. A call rejects
 * with a message for the user where the engine does, and also where the worker itself ends: `onEnd` hears of that, and the
 * next call starts another worker.
 */
export function connectEngine(
  startWorker: () => Worker,
  onEnd: (message: string) => void = () => {},
): EngineConnection {
  let connection: Connection | undefined;

  function connect(): Connection {
    const worker = startWorker();
    const remote = Comlink.wrap<EngineApi>(worker);
    let reject: (error: Error) => void = () => {};
    const failed = new Promise<never>((_, rejected) => {
      reject = rejected;
    });
    // Without this, a rejection that nobody awaits would count as unhandled.
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

  async function call(name: keyof EngineApi, args: unknown[]): Promise<unknown> {
    connection ??= connect();
    const { remote, failed } = connection;
    const method = remote[name] as unknown as (...args: unknown[]) => Promise<unknown>;
    const sent = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
    return Promise.race([method(...sent), failed]);
  }

  const special: Partial<EngineConnection> = {
    end: (reason) => connection?.end(reason),
    async start(...args) {
      try {
        return (await call('start', args)) as BackendReport;
      } catch (error) {
        // Only a new worker can try again.
        connection?.end('no backend works');
        throw error;
      }
    },
    openOwnDataset: (dataset) => {
      const { levels, labels } = dataset;
      const moved = Comlink.transfer(dataset, [levels.buffer as ArrayBuffer, labels.buffer as ArrayBuffer]);
      return call('openOwnDataset', [moved]) as Promise<LoadedDataset>;
    },
  };
  return new Proxy(special as EngineConnection, {
    get: (_, name: keyof EngineConnection) =>
      special[name] ?? ((...args: unknown[]) => call(name as keyof EngineApi, args)),
  });
}
