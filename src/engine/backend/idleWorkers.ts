/**
 * Runs `start` with a Worker that makes idle workers of blob URLs. The threaded build of tfjs's wasm backend starts
 * eight workers for threads of its own, from such URLs (in Node it cannot), and waits until they have loaded; with one
 * thread it never uses them.
 */
export async function withIdleWorkers<T>(start: () => Promise<T>): Promise<T> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  const real = globalThis.Worker as typeof Worker | undefined;
  function IdleOrReal(url: string | URL, options?: WorkerOptions) {
    const blob = String(url).startsWith('blob:');
    if (!blob && real) return new real(url, options);
    return new IdleWorker();
  }
  // Emscripten assigns Node's own Worker in Node: the setter lets that pass.
  Object.defineProperty(globalThis, 'Worker', {
    configurable: true,
    get: () => IdleOrReal,
    set: () => {},
  });
  try {
    return await start();
  } finally {
    if (before) Object.defineProperty(globalThis, 'Worker', before);
    else Reflect.deleteProperty(globalThis, 'Worker');
  }
}

/** Says that it has loaded, and does nothing more. */
class IdleWorker {
  onmessage: ((event: { data: { cmd: string } }) => void) | undefined;

  postMessage({ cmd }: { cmd: string }): void {
    if (cmd !== 'load') throw new Error(`tfjs wants a thread of its own (${cmd}), though it was set to one.`);
    queueMicrotask(() => this.onmessage?.({ data: { cmd: 'loaded' } }));
  }

  on(): void {}
  unref(): void {}
  terminate(): void {}
}
