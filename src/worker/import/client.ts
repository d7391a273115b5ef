import * as Comlink from 'comlink';
import { workerFailure } from '../workerFailure';
import type { ImportApi } from './protocol';

/** A collection of images in a worker of its own. */
export interface ImportConnection extends ImportApi {
  /** Drops the collection, and what is being read into it. */
  close(): void;
}

/** Starts the worker. A call rejects also where the worker itself ends: out of memory, say. */
export function connectImport(): ImportConnection {
  const worker = new Worker(new URL('./importWorker.ts', import.meta.url), {
    type: 'module',
    name: 'import',
  });
  const remote = Comlink.wrap<ImportApi>(worker);
  const failed = workerFailure(worker, 'The worker that reads images', 'Try again.');
  const answer = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed]);
  return {
    addFiles: (files, limit, tell) => answer(remote.addFiles([...files], limit, Comlink.proxy(tell))),
    readAgain: (answers, limit, tell) => answer(remote.readAgain(answers, limit, Comlink.proxy(tell))),
    addImages: (images) => answer(remote.addImages(images)),
    removeImage: (index) => answer(remote.removeImage(index)),
    setAppearance: (appearance) => answer(remote.setAppearance(appearance)),
    build: (shape) => answer(remote.build(shape)),
    close: () => worker.terminate(),
  };
}
