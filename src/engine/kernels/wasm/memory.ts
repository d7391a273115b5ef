import type * as tf from '@tensorflow/tfjs';

/** What is used of tfjs's wasm backend (BackendWasm, whose own types hide it). */
export interface TfjsWasmBackend {
  wasm: {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** The threaded build's memory. */
    wasmMemory?: WebAssembly.Memory;
    /** The single-threaded build's exports. */
    asm?: { memory?: WebAssembly.Memory };
  };
  dataIdMap: { get(dataId: object): { memoryOffset: number }; has(dataId: object): boolean };
  /** Ids grow. */
  dataIdNextNumber: number;
  disposeData(dataId: object): boolean;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

/** The wasm memory cannot hold a tensor. The tensors that exist are as they were. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
  constructor(readonly bytes: number) {
    super(`Out of memory: the wasm backend cannot hold another ${(bytes / 2 ** 20).toFixed(1)} MiB.`);
  }
}

/** The memory in which the backend's tensors lie. */
export function backendMemory({ wasm }: TfjsWasmBackend): WebAssembly.Memory {
  const memory = wasm.wasmMemory ?? wasm.asm?.memory;
  if (!memory) throw new Error('This build of the tfjs wasm backend does not show its memory.');
  return memory;
}

/** The address of a tensor's first element. */
export function addressOf({ dataIdMap }: TfjsWasmBackend, dataId: object): number {
  return dataIdMap.get(dataId).memoryOffset >>> 0;
}

/** Scratch memory that was reserved for an operation: bytes that all threads share, and those of each thread. */
export interface Reserved {
  shared: number;
  perThread: number;
}

/** Pointers of scratch are multiples of a cache line, in bytes. */
export const SCRATCH_ALIGNMENT = 64;

/** The first place of scratch memory that is aligned. */
export const scratchStart = (address: number) => roundUp(address, SCRATCH_ALIGNMENT);

/** The next multiple. */
export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

const guarded = new WeakSet<object>();

/** Makes every allocation of the backend throw OutOfMemoryError where tfjs would go on writing at address 0. */
export function guardAllocation(backend: TfjsWasmBackend): void {
  const { wasm } = backend;
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // Emscripten puts a stub here that puts the export itself in its place at the first call.
  wasm._free(wasm._malloc(8));
  const allocate = wasm._malloc;
  const memory = backendMemory(backend);
  wasm._malloc = (bytes) => {
    // A size of 2³² or more would wrap on its way into wasm, and succeed.
    const pointer = bytes < 2 ** 32 ? allocate(bytes) >>> 0 : 0;
    // Near 4 GiB the allocator does not notice that the memory has not grown, and hands out what lies beyond it.
    if (bytes > 0 && (pointer === 0 || pointer + bytes > memory.buffer.byteLength))
      throw new OutOfMemoryError(bytes);
    return pointer;
  };
}
