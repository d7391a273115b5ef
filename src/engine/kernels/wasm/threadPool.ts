import { JOBS, type JobName, type JobRunner } from './jobs';
import type { JobExports } from './module';
import { type PoolThread, startThread } from './poolThread';

/** Places in the control block that all threads share. */
const PLACES = {
  /** Counts the jobs; idle threads wait for it to change. */
  generation: 0,
  /** 1 while the fields below stand for a job that may be joined. */
  open: 1,
  /** Threads of the pool between joining a job and leaving it. */
  active: 2,
  /** The next unit that nobody has taken. */
  next: 3,
  /** Threads of the pool that sleep. */
  sleeping: 4,
  /** 1 where a thread of the pool has trapped. */
  failed: 5,
  /** 1 when the threads shall end. */
  stopped: 6,
  /** The job: its place in JOBS, its units and arguments, the scratch memory of thread 0 and the stride to the next. */
  job: 7,
  units: 8,
  arguments: 9,
  scratch: 10,
  stride: 11,
} as const;

const SPINS_BEFORE_SLEEP = 20_000;

/**
 * Runs jobs on the calling thread and `threads` − 1 others, which take units as they come. Units are independent, so
 * the result has the same bits whatever the number of threads. Rejects where the threads do not start.
 */
export async function startThreadPool(
  jobs: JobExports,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
): Promise<ThreadPool> {
  const control = new Int32Array(new SharedArrayBuffer(4 * Object.keys(PLACES).length));
  const others: PoolThread[] = [];
  try {
    const starting = Array.from({ length: threads - 1 }, (_, i) =>
      startThread({ module, memory, control, places: PLACES, names: JOBS, thread: i + 1 }),
    );
    for (const result of await Promise.allSettled(starting)) {
      if (result.status === 'rejected') throw result.reason;
      others.push(result.value);
    }
  } catch (error) {
    for (const thread of others) thread.terminate();
    throw error;
  }
  return new ThreadPool(jobs, control, others);
}

export class ThreadPool implements JobRunner {
  #jobs: JobExports;
  #control: Int32Array;
  #others: PoolThread[];

  constructor(jobs: JobExports, control: Int32Array, others: PoolThread[]) {
    this.#jobs = jobs;
    this.#control = control;
    this.#others = others;
  }

  get threads(): number {
    return this.#others.length + 1;
  }

  run(name: JobName, units: number, job: number, scratch: number, scratchStride: number): void {
    const own = this.#jobs[name];
    if (units <= 1) {
      own(job, 0, units, scratch);
      return;
    }
    const control = this.#control;
    control[PLACES.job] = JOBS.indexOf(name);
    control[PLACES.units] = units;
    control[PLACES.arguments] = job;
    control[PLACES.scratch] = scratch;
    control[PLACES.stride] = scratchStride;
    Atomics.store(control, PLACES.next, 0);
    Atomics.store(control, PLACES.open, 1);
    Atomics.add(control, PLACES.generation, 1);
    if (Atomics.load(control, PLACES.sleeping) > 0) Atomics.notify(control, PLACES.generation);
    try {
      while (true) {
        const unit = Atomics.add(control, PLACES.next, 1);
        if (unit >= units) break;
        own(job, unit, unit + 1, scratch);
      }
    } finally {
      Atomics.store(control, PLACES.open, 0);
      waitUntilZero(control, PLACES.active);
    }
    if (Atomics.load(control, PLACES.failed))
      throw new Error(`A thread of the CPU kernels failed in ${name}.`);
  }

  /** Ends the threads; the pool is of no more use. */
  stop(): void {
    Atomics.store(this.#control, PLACES.stopped, 1);
    Atomics.add(this.#control, PLACES.generation, 1);
    Atomics.notify(this.#control, PLACES.generation);
    for (const thread of this.#others) thread.terminate();
    this.#others = [];
  }
}

/** Most often the others finish within the time of one unit; a page's main thread may not sleep at all. */
function waitUntilZero(control: Int32Array, place: number): void {
  for (let i = 0; ; i++) {
    const count = Atomics.load(control, place);
    if (count === 0) return;
    if (i > SPINS_BEFORE_SLEEP && maySleep) Atomics.wait(control, place, count, 10);
  }
}

const maySleep = (() => {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
})();
