import { type Spread, spreadOf } from './spread';

/** Something whose time is taken in turns with others: milliseconds of one step, for each step of a turn. */
export interface Timed {
  turn(): Promise<number[]>;
}

export interface InterleaveOptions {
  /** Steps of each to time, at least. */
  runs: number;
  /** A subject that has used this many milliseconds sits out the rounds that are left; it gets one turn at least. */
  budgetMs: number;
}

/** Times the subjects in turns (a b c a b c …), so that what slows the machine for a while slows them all. */
export async function timeInterleaved(
  subjects: Readonly<Record<string, Timed | undefined>>,
  { runs, budgetMs }: InterleaveOptions,
): Promise<Record<string, Spread>> {
  const racers = Object.entries(subjects).flatMap(([name, subject]) =>
    subject ? [{ name, subject, times: [] as number[], used: 0 }] : [],
  );
  for (let left = racers; left.length > 0; ) {
    for (const racer of left) {
      const start = performance.now();
      racer.times.push(...(await racer.subject.turn()));
      racer.used += performance.now() - start;
    }
    left = left.filter(({ times, used }) => times.length < runs && used < budgetMs);
  }
  return Object.fromEntries(racers.map(({ name, times }) => [name, spreadOf(times)]));
}

/** Shortest stretch that is timed as one, milliseconds: well above the clock's resolution and a GPU's round trip. */
const STRETCH_MS = 40;

/**
 * A Timed of steps that `run(count)` takes in one go, as many as fill a stretch, so that a GPU can work ahead as it
 * does in training. The first step must be behind it: that one compiles.
 */
export function timed(run: (count: number) => Promise<void>): Timed {
  let count: number | undefined;
  return {
    turn: async () => {
      if (count === undefined) {
        const single = await millisecondsOf(() => run(1));
        count = Math.max(1, Math.min(32, Math.round(STRETCH_MS / single)));
        if (count === 1) return [single];
      }
      const steps = count;
      return [(await millisecondsOf(() => run(steps))) / steps];
    },
  };
}

async function millisecondsOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
