/** Reverse steps a second, or as fast as the model computes. */
export type SamplingSpeed = number | 'full';

/** A replay at full speed takes this long, however many steps it has. */
const fullReplayMilliseconds = 5000;

/** Frames of a recording that a replay moves on in some milliseconds; a fraction is kept for the next time. */
export function replayAdvance(
  speed: SamplingSpeed,
  frames: number,
  stride: number,
  milliseconds: number,
): number {
  if (speed === 'full') return ((frames - 1) * milliseconds) / fullReplayMilliseconds;
  return (speed * milliseconds) / 1000 / stride;
}

/** Asks for one step after the other, `perSecond` a second; at most one request waits at a time. */
export class Pace {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = Number.NEGATIVE_INFINITY;
  readonly #ask: () => void;

  constructor(ask: () => void) {
    this.#ask = ask;
  }

  /** Asks for the next step as soon as its time has come. */
  next(perSecond: number): void {
    this.stop();
    const wait = Math.max(0, this.#last + 1000 / perSecond - performance.now());
    this.#timer = setTimeout(() => {
      this.#last = performance.now();
      this.#ask();
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Steps a second over the last two seconds. */
export class StepRate {
  #marks: { index: number; time: number }[] = [];

  /** Forgets what was: after a pause the clock starts anew. */
  reset(): void {
    this.#marks = [];
  }

  /** The rate after step `index`, null before there is one. */
  at(index: number): number | null {
    const time = performance.now();
    this.#marks.push({ index, time });
    while (this.#marks.length > 2 && (this.#marks[1] as { time: number }).time < time - 2000)
      this.#marks.shift();
    const first = this.#marks[0] as { index: number; time: number };
    return time > first.time ? ((index - first.index) * 1000) / (time - first.time) : null;
  }
}
