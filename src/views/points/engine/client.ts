import * as Comlink from 'comlink';
import { workerFailure } from '../../../worker/workerFailure';
import type { PointsApi } from './protocol';

/**
 * The points in a worker of their own, which starts at the first call: it needs no backend, and learns on while the other
 * one trains. A call rejects also where the worker itself ends.
 */
export function connectPoints(): PointsApi {
  let connection: { remote: Comlink.Remote<PointsApi>; failed: Promise<never> } | undefined;
  const connect = () => {
    const worker = new Worker(new URL('./pointsWorker.ts', import.meta.url), {
      type: 'module',
      name: 'points',
    });
    const failed = workerFailure(worker, 'The worker of the points', 'Reload the page.');
    return { remote: Comlink.wrap<PointsApi>(worker), failed };
  };
  const connected = () => (connection ??= connect());
  const answer = <T>(work: (remote: Comlink.Remote<PointsApi>) => Promise<T>): Promise<T> => {
    const { remote, failed } = connected();
    return Promise.race([work(remote), failed]);
  };
  return {
    open: (settings, view, listen) => answer((remote) => remote.open(settings, view, Comlink.proxy(listen))),
    train: (trainer) => answer((remote) => remote.train(trainer)),
    pause: () => answer((remote) => remote.pause()),
    change: (trainer) => answer((remote) => remote.change(trainer)),
    look: (view) => answer((remote) => remote.look(view)),
  };
}
