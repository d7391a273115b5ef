import type * as tf from '@tensorflow/tfjs';
import { feedOf } from '../replay/feed';
import type { Live } from '../replay/live';
import type { Lifetime } from '../replay/shareMemory';
import type { JobName } from './jobs';
import { addressOf, type Reserved, type TfjsWasmBackend } from './memory';
import type { Fixed, Pointer, Scratch, Table } from './pointer';

/** A tensor that a run makes, or is fed with, and nothing after it needs; `first` and `last` count jobs. */
export interface Temporary extends Lifetime {
  /** Of a feed: tells its values, which lie there before the first job. */
  fed?: () => Float32Array;
}

/** Where a job finds memory when the run is repeated. */
export type RecordedPointer = OfTemporary | Scratch | Fixed | Table<RecordedPointer>;

export interface OfTemporary {
  temporary: Temporary;
  /** From its first byte. */
  bytes: number;
}

export interface RecordedJob {
  name: JobName;
  units: number;
  pointers: RecordedPointer[];
  values: Live<readonly number[]>;
  reserved: Reserved;
}

/** What one run of a computation asks of the compiled kernels. */
export class Recording {
  readonly jobs: RecordedJob[] = [];
  /** Addresses of tensors of before the run: where one of them is elsewhere, this is not true any more. */
  readonly places = new Map<object, number>();
  #backend: TfjsWasmBackend;
  #firstId: number;
  #own = new Map<object, Temporary>();
  #problem: string | undefined;

  constructor(backend: TfjsWasmBackend) {
    this.#backend = backend;
    this.#firstId = backend.dataIdNextNumber;
  }

  /** Why this cannot be repeated, if so. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get temporaries(): Temporary[] {
    return [...this.#own.values()];
  }

  /** Notes a tensor that one of our kernels makes. */
  made({ dataId, shape }: tf.TensorInfo): void {
    const first = this.jobs.length;
    this.#own.set(dataId, { size: sizeOf(shape), first, last: first });
  }

  /** Appends a job. */
  add(
    name: JobName,
    units: number,
    pointers: readonly Pointer[],
    values: Live<readonly number[]>,
    reserved: Reserved,
  ): void {
    const recorded = pointers.map((pointer) => this.#pointerOf(pointer));
    this.jobs.push({ name, units, pointers: recorded, values, reserved });
  }

  /** The temporary that a tensor is; undefined where it is none that a job has made. */
  temporaryOf({ dataId }: tf.TensorInfo): Temporary | undefined {
    return this.#own.get(dataId);
  }

  #pointerOf(pointer: Pointer): RecordedPointer {
    if (!pointer) return { address: 0 };
    if ('dataId' in pointer) return this.#placeIn(pointer, 0);
    if ('tensor' in pointer) return this.#placeIn(pointer.tensor, pointer.bytes);
    if (!('rows' in pointer)) return pointer;
    return {
      rows: pointer.rows.map(({ pointers, values }) => ({
        pointers: pointers.map((part) => this.#pointerOf(part)),
        values,
      })),
    };
  }

  #placeIn({ dataId, shape }: tf.TensorInfo, bytes: number): RecordedPointer {
    if ((dataId as { id: number }).id < this.#firstId) {
      const address = addressOf(this.#backend, dataId);
      this.places.set(dataId, address);
      return { address: address + bytes };
    }
    let temporary = this.#own.get(dataId);
    if (!temporary) {
      const fed = feedOf(dataId);
      if (!fed) {
        this.#problem ??= 'a tensor was made by a kernel of tfjs itself, or of values that are no feed';
        return { address: 0 };
      }
      temporary = { size: sizeOf(shape), first: 0, last: 0, fed };
      this.#own.set(dataId, temporary);
    }
    temporary.last = this.jobs.length;
    return { temporary, bytes };
  }
}

const sizeOf = (shape: readonly number[]) => 4 * shape.reduce((a, b) => a * b, 1);
