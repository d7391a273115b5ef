import { messageOf } from '../../messageOf';

/** What a thread of the pool needs: poolWorker.js names the fields. */
export interface PoolThreadData {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: Int32Array;
  places: Readonly<Record<string, number>>;
  names: readonly string[];
  thread: number;
}

export interface PoolThread {
  terminate(): void;
}

/** A thread that does not answer within this time is given up. */
const PATIENCE_MS = 20_000;

/** A thread that is starting, and the first that it says: 'ready', or why not. */
interface StartingThread {
  thread: PoolThread;
  answer: Promise<string>;
}

/**
 * Starts a thread, as a web worker or as a worker thread of Node; resolves when it is ready to take jobs. Rejects with the
 * thread's own reason, or where it does not answer.
 */
export async function startThread(data: PoolThreadData): Promise<PoolThread> {
  return whenReady(isNode() ? await startNodeThread(data) : startWebWorker(data));
}

export async function whenReady({ thread, answer }: StartingThread): Promise<PoolThread> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), PATIENCE_MS);
  });
  try {
    const reason = await Promise.race([answer, silence]);
    if (reason === 'ready') return thread;
    throw new Error(reason);
  } catch (error) {
    thread.terminate();
    throw new Error(`A thread of the CPU kernels did not start: ${messageOf(error)}.`);
  } finally {
    clearTimeout(timer);
  }
}

function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

function startWebWorker(data: PoolThreadData): StartingThread {
  const worker = new Worker(new URL('./poolWorker.js', import.meta.url), { type: 'module' });
  const answer = new Promise<string>((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message || 'its script did not load'));
  });
  worker.postMessage(data);
  return { thread: worker, answer };
}

async function startNodeThread(data: PoolThreadData): Promise<StartingThread> {
  const { Worker: NodeWorker } = await import(/* @vite-ignore */ 'node:worker_threads');
  const file = new URL(/* @vite-ignore */ './poolWorker.js', import.meta.url);
  // The flags of the process (loaders, inspector) are nothing to a thread that imports nothing.
  const worker = new NodeWorker(file, { workerData: data, execArgv: [] });
  // An idle thread must not keep the process alive.
  worker.unref();
  const answer = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { thread: { terminate: () => void worker.terminate() }, answer };
}
