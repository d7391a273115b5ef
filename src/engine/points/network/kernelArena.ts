import type { JobName } from '../../kernels/wasm/jobs';
import {
  compileKernels,
  hasRelaxedSimd,
  instantiateKernels,
  type JobExports,
} from '../../kernels/wasm/module';

const PAGE_BYTES = 65_536;
const ALIGNMENT = 64;
/** Of one job's scratch: see Job. */
const SCRATCH_BYTES = 65_536;

/** A job with its arguments written down: running it again costs one call. */
export type Job = () => void;

/**
 * The CPU kernels over a memory of their own, without tfjs: for networks so small that a tensor library would spend its
 * time on tensors. What is allocated stays until the arena itself is dropped.
 */
export class KernelArena {
  #jobs: JobExports;
  #memory: WebAssembly.Memory;
  #floats: Float32Array;
  #next = PAGE_BYTES;
  #scratch: number;

  constructor(jobs: JobExports, memory: WebAssembly.Memory) {
    this.#jobs = jobs;
    this.#memory = memory;
    this.#floats = new Float32Array(memory.buffer);
    this.#scratch = this.allocate(SCRATCH_BYTES / 4);
  }

  /** Address of so many float32, all 0. Throws where the memory cannot grow. */
  allocate(floats: number): number {
    const address = Math.ceil(this.#next / ALIGNMENT) * ALIGNMENT;
    this.#next = address + floats * 4;
    const missing = this.#next - this.#memory.buffer.byteLength;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.#floats = new Float32Array(this.#memory.buffer);
    }
    return address;
  }

  /** The floats at an address, to read and to write; out of date after the next allocation. */
  floats(address: number, length: number): Float32Array {
    return this.#floats.subarray(address / 4, address / 4 + length);
  }

  /** Writes 32-bit words: addresses, whole numbers and `real`s. */
  words(address: number, words: readonly number[]): void {
    new Int32Array(this.#memory.buffer, address, words.length).set(words);
  }

  /** A job of so many units with these arguments, in the order that the kernel names them. */
  job(name: JobName, units: number, words: readonly number[]): Job {
    const address = this.allocate(words.length);
    this.words(address, words);
    const run = this.#jobs[name];
    return () => run(address, 0, units, this.#scratch);
  }

  /** Runs a job once whose arguments change each time; `address` has room for them. */
  run(name: JobName, units: number, address: number, words: readonly number[]): void {
    this.words(address, words);
    this.#jobs[name](address, 0, units, this.#scratch);
  }
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** A new, empty arena. Rejects where the kernels cannot be loaded. */
export async function createArena(): Promise<KernelArena> {
  compiled ??= hasRelaxedSimd().then((relaxedSimd) => compileKernels({ shared: false, relaxedSimd }));
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536 });
  return new KernelArena(await instantiateKernels(await compiled, memory), memory);
}
