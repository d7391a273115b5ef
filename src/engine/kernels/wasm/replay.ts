import type { Live } from '../replay/live';
import type { Replay } from '../replay/recorder';
import type { ReplayMemory } from '../replay/replayMemory';
import { shareMemory } from '../replay/shareMemory';
import type { JobName } from './jobs';
import { tableWords, type WasmKernels } from './kernels';
import { addressOf, OutOfMemoryError, type Reserved, scratchStart } from './memory';
import type { RecordedJob, RecordedPointer, Recording, Temporary } from './recording';

/** A part of the backend's memory. */
export interface MemoryBlock {
  address: number;
  /** Bytes. */
  size: number;
}

/** A job whose arguments lie in memory. */
interface BoundJob {
  name: JobName;
  units: number;
  address: number;
  reserved: Reserved;
  /** Tells the arguments that change, and where they lie. */
  live: (() => readonly number[]) | undefined;
  liveAt: number;
}

/** A recording with memory of its own, ready to run. */
interface Bound {
  memory: MemoryBlock[];
  argumentsAt: number;
  scratch: number;
  feeds: { address: number; values: () => Float32Array }[];
  jobs: BoundJob[];
  output: number;
}

/** Repeats a recording: the same jobs in the same order, over memory that is shared by what is never there together. */
export class WasmReplay implements Replay {
  #kernels: WasmKernels;
  #memory: ReplayMemory<MemoryBlock>;
  #recording: Recording;
  #output: Temporary;
  #bound: Bound | undefined;

  constructor(
    kernels: WasmKernels,
    memory: ReplayMemory<MemoryBlock>,
    recording: Recording,
    output: Temporary,
  ) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#recording = recording;
    this.#output = output;
    output.last = recording.jobs.length;
  }

  run(): Promise<Float32Array> | undefined {
    if (!this.#isInPlace()) return undefined;
    const kernels = this.#kernels;
    this.#bound ??= this.#tryToBind();
    if (!this.#bound) return undefined;
    const { feeds, jobs, scratch, output } = this.#bound;
    for (const { address, values } of feeds) kernels.writeFloats(address, values());
    for (const { name, units, address, reserved, live, liveAt } of jobs) {
      if (live) kernels.write(liveAt, live());
      kernels.start(name, units, address, scratch, reserved);
    }
    return Promise.resolve(kernels.readFloats(output, this.#output.size / 4));
  }

  dispose(): void {
    if (!this.#bound) return;
    this.#memory.release(this.#bound.memory);
    this.#kernels.backend.wasm._free(this.#bound.argumentsAt);
    this.#bound = undefined;
  }

  #isInPlace(): boolean {
    const { backend } = this.#kernels;
    for (const [dataId, address] of this.#recording.places) {
      if (!backend.dataIdMap.has(dataId) || addressOf(backend, dataId) !== address) return false;
    }
    return true;
  }

  /** Where memory is short, the computation goes on through tfjs, and ends as it does there. */
  #tryToBind(): Bound | undefined {
    try {
      return this.#bind();
    } catch (error) {
      if (error instanceof OutOfMemoryError) return undefined;
      throw error;
    }
  }

  #bind(): Bound {
    const { wasm } = this.#kernels.backend;
    const { temporaries, jobs } = this.#recording;
    const { blockOf, sizes } = shareMemory(temporaries);
    const argumentBytes = jobs.reduce((sum, job) => sum + 4 * wordsOf(job), 0);
    const scratchBytes = Math.max(...jobs.map(({ reserved }) => this.#kernels.scratchBytes(reserved)));
    // Arguments are this replay's alone: they stay from run to run.
    const argumentsAt = wasm._malloc(argumentBytes);
    let memory: MemoryBlock[];
    try {
      memory = this.#memory.acquire([...sizes, scratchBytes]);
    } catch (error) {
      wasm._free(argumentsAt);
      throw error;
    }
    const scratch = (memory[sizes.length] as MemoryBlock).address;
    const blocks = new Map(temporaries.map((one, i) => [one, memory[blockOf[i] as number] as MemoryBlock]));
    const place = (one: Temporary) => (blocks.get(one) as MemoryBlock).address;
    let next = argumentsAt;
    const write = (words: readonly number[]) => {
      const address = next;
      this.#kernels.write(address, words);
      next += 4 * words.length;
      return address;
    };
    const resolve = (pointer: RecordedPointer): number => {
      if ('temporary' in pointer) return place(pointer.temporary) + pointer.bytes;
      if ('scratch' in pointer) return scratchStart(scratch) + pointer.scratch;
      return 'address' in pointer ? pointer.address : write(tableWords(pointer, resolve));
    };
    return {
      memory,
      argumentsAt,
      scratch,
      feeds: temporaries.flatMap((one) => (one.fed ? [{ address: place(one), values: one.fed }] : [])),
      jobs: jobs.map(({ name, units, pointers, values, reserved }) => {
        const addresses = pointers.map(resolve);
        const live = typeof values === 'function' ? values : undefined;
        const address = write([...addresses, ...valuesOf(values)]);
        return { name, units, address, reserved, live, liveAt: address + 4 * addresses.length };
      }),
      output: place(this.#output),
    };
  }
}

const valuesOf = (values: Live<readonly number[]>) => (typeof values === 'function' ? values() : values);

/** Words of a job's arguments, with those of its tables. */
function wordsOf({ pointers, values }: RecordedJob): number {
  const tables = pointers.flatMap((pointer) => ('rows' in pointer ? tableWords(pointer, () => 0) : []));
  return pointers.length + valuesOf(values).length + tables.length;
}
