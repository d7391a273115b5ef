import type * as tf from '@tensorflow/tfjs';
import { guardAllocation, type TfjsWasmBackend } from './memory';

/** The jobs that the compiled module exports: see assembly/job.ts. */
export const JOBS = [
  'adamEma',
  'attention',
  'attentionGradient',
  'combine',
  'convolve',
  'groupNorm',
  'groupNormGradient',
  'joinChannels',
  'kernelGradient',
  'packPanels',
  'pixelSum',
  'silu',
  'siluGradient',
  'splitChannels',
  'squaredError',
  'sumShares',
] as const;
export type JobName = (typeof JOBS)[number];

/** Runs units 0 … units−1 of a job, on one thread or several, and returns when all are done. */
export interface JobRunner {
  readonly threads: number;
  run(name: JobName, units: number, job: number, scratch: number, scratchStride: number): void;
}

const ARGUMENT_WORDS = 64;
/** Pointers of scratch are multiples of a cache line. */
const ALIGNMENT = 64;

/** The compiled kernels over the tensors of tfjs's wasm backend. */
export class WasmKernels {
  #backend: TfjsWasmBackend;
  #memory: WebAssembly.Memory;
  #runner: JobRunner;
  #bytes = new Uint8Array();
  #words = new Int32Array();
  #job: number;
  #scratch = 0;
  #scratchBytes = 0;
  #threadScratch = 0;
  /** Of the kernel that runs. */
  #made: tf.TensorInfo[] = [];
  #threadStride = 0;

  constructor(backend: TfjsWasmBackend, memory: WebAssembly.Memory, runner: JobRunner) {
    guardAllocation(backend);
    this.#backend = backend;
    this.#memory = memory;
    this.#runner = runner;
    this.#job = backend.wasm._malloc(ARGUMENT_WORDS * 4);
  }

  get threads(): number {
    return this.#runner.threads;
  }

  /** The address of a tensor's first element; 0 for no tensor. */
  address(tensor: tf.TensorInfo | undefined): number {
    return tensor ? this.#backend.dataIdMap.get(tensor.dataId).memoryOffset >>> 0 : 0;
  }

  /** A new float32 tensor whose elements are not set. Throws OutOfMemoryError. */
  output(shape: number[]): tf.TensorInfo {
    const made = this.#backend.makeOutput(shape, 'float32');
    this.#made.push(made);
    return made;
  }

  /** Runs a kernel. Where it throws, the outputs that it has made are given up. */
  attempt<T>(kernel: () => T): T {
    this.#made = [];
    try {
      return kernel();
    } catch (error) {
      for (const { dataId } of this.#made) this.#backend.disposeData(dataId);
      throw error;
    } finally {
      this.#made = [];
    }
  }

  /**
   * Makes room for one operation: `shared` bytes, whose address is returned, and `perThread` bytes for each thread.
   * What an earlier call reserved is lost. Throws OutOfMemoryError.
   */
  reserve(shared: number, perThread = 0): number {
    const start = roundUp(shared, ALIGNMENT);
    this.#threadStride = roundUp(perThread, ALIGNMENT);
    const bytes = start + this.#threadStride * this.threads + ALIGNMENT;
    if (bytes > this.#scratchBytes) {
      if (this.#scratch) this.#backend.wasm._free(this.#scratch);
      this.#scratch = 0;
      this.#scratchBytes = 0;
      this.#scratch = this.#backend.wasm._malloc(bytes);
      this.#scratchBytes = bytes;
    }
    const address = roundUp(this.#scratch, ALIGNMENT);
    this.#threadScratch = address + start;
    return address;
  }

  /** Sets bytes to zero. */
  clear(address: number, bytes: number): void {
    this.#refresh();
    this.#bytes.fill(0, address, address + bytes);
  }

  /** Writes 32-bit words (addresses, whole numbers, `real`s). */
  write(address: number, words: ArrayLike<number>): void {
    this.#refresh();
    this.#words.set(words, address >>> 2);
  }

  /** Runs all units of a job with these arguments, in the order that the job names them. */
  run(name: JobName, units: number, words: number[]): void {
    if (words.length > ARGUMENT_WORDS) throw new Error(`${name}: more than ${ARGUMENT_WORDS} arguments.`);
    this.write(this.#job, words);
    this.#runner.run(name, units, this.#job, this.#threadScratch, this.#threadStride);
  }

  /** A memory that has grown has new buffers. */
  #refresh(): void {
    if (this.#bytes.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#words = new Int32Array(this.#memory.buffer);
  }
}

const realBits = new Float32Array(1);
const wordBits = new Int32Array(realBits.buffer);

/** A float32 as the word that a job reads as a float32. */
export function real(value: number): number {
  realBits[0] = value;
  return wordBits[0] as number;
}

/** The next multiple. */
export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
