import { Interruption } from '../training/interruption';
import { startTraining, type TrainingProcess } from './trainingProcess';

/** A run to be trained in a process of its own. */
export interface Job {
  name: string;
  /** Arguments of `train`; null where nothing is left to train. Called when its turn comes. */
  prepare(): Promise<readonly string[] | null>;
}

/**
 * Trains runs in so many processes at a time; a wish to stop goes to all of them, and no other begins. Resolves with the exit
 * code: undefined where all went well.
 */
export async function trainInProcesses(
  jobs: readonly Job[],
  processes: number,
  say: (line: string) => void,
): Promise<number | undefined> {
  const waiting = [...jobs];
  const underWay = new Set<TrainingProcess>();
  let failed = false;
  const pass = (signal: NodeJS.Signals) => {
    for (const one of underWay) one.interrupt(signal);
  };
  const interruption = new Interruption();
  process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass);
  const work = async () => {
    for (let job = waiting.shift(); job && !interruption.requested; job = waiting.shift()) {
      const { name, prepare } = job;
      const args = await prepare();
      if (!args || interruption.requested) continue;
      say(`${name}: begins`);
      const training = startTraining(args, (line) => say(`${name}: ${line}`));
      underWay.add(training);
      const code = await training.ended;
      underWay.delete(training);
      say(
        `${name}: ${code === 0 ? 'done' : interruption.requested ? 'stopped' : `failed with code ${code}`}`,
      );
      if (code !== 0) failed = true;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work));
    return interruption.exitCode ?? (failed ? 1 : undefined);
  } finally {
    interruption.dispose();
    process.off('SIGINT', pass).off('SIGTERM', pass).off('SIGHUP', pass);
  }
}
