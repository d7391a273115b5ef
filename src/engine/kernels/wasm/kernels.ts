import type * as tf from '@tensorflow/tfjs';
import { type Live, now } from '../replay/live';
import type { JobName, JobRunner } from './jobs';
import {
  addressOf,
  guardAllocation,
  type Reserved,
  roundUp,
  SCRATCH_ALIGNMENT,
  scratchStart,
  type TfjsWasmBackend,
} from './memory';
import type { Fixed, Pointer, Scratch, Table } from './pointer';
import type { Recording } from './recording';

const ARGUMENT_WORDS = 64;
/** The compiled kernels over the tensors of tfjs's wasm backend. */
export class WasmKernels {
  readonly backend: TfjsWasmBackend;
  /** Notes what runs, while there is one. */
  recording: Recording | undefined;
  #memory: WebAssembly.Memory;
  #runner: JobRunner;
  #bytes = new Uint8Array();
  #words = new Int32Array();
  #floats = new Float32Array();
  #job: number;
  #scratch = 0;
  #scratchBytes = 0;
  #reserved: Reserved = { shared: 0, perThread: 0 };
  #zeros = { address: 0, bytes: 0 };
  /** Of the kernel that runs. */
  #made: tf.TensorInfo[] = [];

  constructor(backend: TfjsWasmBackend, memory: WebAssembly.Memory, runner: JobRunner) {
    guardAllocation(backend);
    this.backend = backend;
    this.#memory = memory;
    this.#runner = runner;
    this.#job = backend.wasm._malloc(ARGUMENT_WORDS * 4);
  }

  get threads(): number {
    return this.#runner.threads;
  }

  /** A new float32 tensor whose elements are not set. Throws OutOfMemoryError. */
  output(shape: number[]): tf.TensorInfo {
    const made = this.backend.makeOutput(shape, 'float32');
    this.#made.push(made);
    this.recording?.made(made);
    return made;
  }

  /** Runs a kernel. Where it throws, the outputs that it has made are given up. */
  attempt<T>(kernel: () => T): T {
    this.#made = [];
    try {
      return kernel();
    } catch (error) {
      for (const { dataId } of this.#made) this.backend.disposeData(dataId);
      throw error;
    } finally {
      this.#made = [];
    }
  }

  /**
   * Makes room for one operation: `shared` bytes, whose place is returned, and `perThread` bytes for each thread. What an
   * earlier call reserved is lost. Throws OutOfMemoryError.
   */
  reserve(shared: number, perThread = 0): Scratch {
    this.#reserved = {
      shared: roundUp(shared, SCRATCH_ALIGNMENT),
      perThread: roundUp(perThread, SCRATCH_ALIGNMENT),
    };
    const bytes = this.scratchBytes(this.#reserved);
    if (bytes > this.#scratchBytes) {
      if (this.#scratch) this.backend.wasm._free(this.#scratch);
      this.#scratch = 0;
      this.#scratchBytes = 0;
      this.#scratch = this.backend.wasm._malloc(bytes);
      this.#scratchBytes = bytes;
    }
    return { scratch: 0 };
  }

  /** Bytes that hold what was reserved, wherever they begin. */
  scratchBytes({ shared, perThread }: Reserved): number {
    return shared + perThread * this.threads + SCRATCH_ALIGNMENT;
  }

  /** So many bytes of zeros, which nothing may write. Throws OutOfMemoryError. */
  zeros(bytes: number): Fixed {
    if (bytes > this.#zeros.bytes) {
      // The smaller ones stay: a replay may read them.
      const address = this.backend.wasm._malloc(bytes);
      this.#refresh();
      this.#bytes.fill(0, address, address + bytes);
      this.#zeros = { address, bytes };
    }
    return { address: this.#zeros.address };
  }

  /** Runs all units of a job. Its arguments are pointers, then whole numbers and `real`s, in the order that the job names. */
  run(
    name: JobName,
    units: number,
    pointers: readonly Pointer[],
    values: Live<readonly number[]> = [],
  ): void {
    this.recording?.add(name, units, pointers, values, this.#reserved);
    const addresses = pointers.map((pointer) => this.#addressOf(pointer));
    const words = [...addresses, ...now(values)];
    if (words.length > ARGUMENT_WORDS) throw new Error(`${name}: more than ${ARGUMENT_WORDS} arguments.`);
    this.write(this.#job, words);
    this.start(name, units, this.#job, this.#scratch, this.#reserved);
  }

  /** Runs a job whose arguments lie at an address, with the scratch memory that begins at another. */
  start(name: JobName, units: number, job: number, scratch: number, { shared, perThread }: Reserved): void {
    this.#runner.run(name, units, job, scratchStart(scratch) + shared, perThread);
  }

  /** Writes 32-bit words (addresses, whole numbers, `real`s). */
  write(address: number, words: ArrayLike<number>): void {
    this.#refresh();
    this.#words.set(words, address >>> 2);
  }

  writeFloats(address: number, values: Float32Array): void {
    this.#refresh();
    this.#floats.set(values, address >>> 2);
  }

  /** A copy of floats. */
  readFloats(address: number, count: number): Float32Array {
    this.#refresh();
    return this.#floats.slice(address >>> 2, (address >>> 2) + count);
  }

  #addressOf(pointer: Pointer): number {
    if (!pointer) return 0;
    if ('dataId' in pointer) return addressOf(this.backend, pointer.dataId);
    if ('tensor' in pointer) return addressOf(this.backend, pointer.tensor.dataId) + pointer.bytes;
    if ('scratch' in pointer) return scratchStart(this.#scratch) + pointer.scratch;
    if ('address' in pointer) return pointer.address;
    const words = tableWords(pointer, (part) => this.#addressOf(part));
    this.reserve(words.length * 4);
    const address = scratchStart(this.#scratch);
    this.write(address, words);
    return address;
  }

  /** A memory that has grown has new buffers. */
  #refresh(): void {
    if (this.#bytes.buffer === this.#memory.buffer) return;
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#words = new Int32Array(this.#memory.buffer);
    this.#floats = new Float32Array(this.#memory.buffer);
  }
}

/** A table as it lies in memory. */
export function tableWords<P>({ rows }: Table<P>, addressOf: (pointer: P) => number): number[] {
  return rows.flatMap(({ pointers, values }) => [...pointers.map(addressOf), ...values]);
}

const realBits = new Float32Array(1);
const wordBits = new Int32Array(realBits.buffer);

/** A float32 as the word that a job reads as a float32. */
export function real(value: number): number {
  realBits[0] = value;
  return wordBits[0] as number;
}
