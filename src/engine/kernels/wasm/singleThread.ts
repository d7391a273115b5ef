import type { JobRunner } from './jobs';
import type { JobExports } from './module';

/** Runs every job on the calling thread. */
export function singleThread(jobs: JobExports): JobRunner {
  return {
    threads: 1,
    run: (name, units, job, scratch) => jobs[name](job, 0, units, scratch),
  };
}
