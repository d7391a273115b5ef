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

/** Starts a thread, as a web worker or as a worker thread of Node; resolves when it is ready to take jobs. */
export function startThread(data: PoolThreadData): Promise<PoolThread> {
  return typeof Worker === 'undefined' || isNode() ? startNodeThread(data) : startWebWorker(data);
}

function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

function startWebWorker(data: PoolThreadData): Promise<PoolThread> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./poolWorker.js', import.meta.url), { type: 'module' });
    worker.onmessage = () => resolve(worker);
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(`A thread of the CPU kernels did not start: ${event.message}`));
    };
    worker.postMessage(data);
  });
}

async function startNodeThread(data: PoolThreadData): Promise<PoolThread> {
  const { Worker: NodeWorker } = await import(/* @vite-ignore */ 'node:worker_threads');
  const file = new URL(/* @vite-ignore */ './poolWorker.js', import.meta.url);
  // The flags of the process (loaders, inspector) are nothing to a thread that imports nothing.
  const worker = new NodeWorker(file, { workerData: data, execArgv: [] });
  // An idle thread must not keep the process alive.
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve({ terminate: () => void worker.terminate() }));
    worker.once('error', reject);
  });
}
