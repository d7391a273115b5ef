import { nextTask } from './nextTask';

/**
 * Gives turns to kinds of work, one at a time. Waiting kinds get time in proportion to their shares: the next turn goes to
 * the kind that has used the smallest part of its share, and to a kind with share 0 only if no other waits. A kind that did
 * not wait cannot claim the time it missed. Between two turns the task ends, so that messages arrive. Pieces of work of
 * the same kind take turns in order.
 */
export class FairTurns<Kind extends string> {
  #shares: Readonly<Record<Kind, number>>;
  /** Milliseconds over share. */
  #used = new Map<Kind, number>();
  #waiting = new Map<Kind, (() => void)[]>();
  #busy = false;

  #now: () => number;

  /** `now` is the clock, in milliseconds. */
  constructor(shares: Readonly<Record<Kind, number>>, now = () => performance.now()) {
    this.#shares = shares;
    this.#now = now;
  }

  /** Applies from the next turn on; time used before no longer counts. */
  setShares(shares: Readonly<Record<Kind, number>>): void {
    this.#shares = shares;
    this.#used.clear();
  }

  /** Whether a turn of this kind is within its share now, and no other work of its kind waits. */
  isDue(kind: Kind): boolean {
    if (this.#shares[kind] === 0 || this.#waiting.has(kind)) return false;
    return (Object.keys(this.#shares) as Kind[]).some(
      (other) => other !== kind && this.#usedBy(kind) <= this.#usedBy(other),
    );
  }

  isGranted(kind: Kind): boolean {
    return this.#shares[kind] > 0;
  }

  /** Does `work` when its kind has a turn. */
  async take<T>(kind: Kind, work: () => Promise<T> | T): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#waiting.set(kind, [...(this.#waiting.get(kind) ?? []), resolve]);
      this.#next();
    });
    const begun = this.#now();
    try {
      return await work();
    } finally {
      const time = this.#now() - begun;
      const share = this.#shares[kind];
      if (share > 0) this.#used.set(kind, this.#usedBy(kind) + time / share);
      // Only then, so that the kind that had its turn can wait again before the next turn is given.
      void nextTask().then(() => {
        this.#busy = false;
        this.#next();
      });
    }
  }

  #next(): void {
    if (this.#busy) return;
    const [first, ...others] = [...this.#waiting.keys()];
    if (first === undefined) return;
    const chosen = others.reduce((best, kind) => (this.#rank(kind) < this.#rank(best) ? kind : best), first);
    for (const kind of Object.keys(this.#shares) as Kind[]) {
      if (!this.#waiting.has(kind)) this.#used.set(kind, Math.max(this.#usedBy(kind), this.#usedBy(chosen)));
    }
    const [begin, ...rest] = this.#waiting.get(chosen) ?? [];
    if (rest.length > 0) this.#waiting.set(chosen, rest);
    else this.#waiting.delete(chosen);
    this.#busy = true;
    begin?.();
  }

  #rank(kind: Kind): number {
    return this.#shares[kind] > 0 ? this.#usedBy(kind) : Number.POSITIVE_INFINITY;
  }

  #usedBy(kind: Kind): number {
    return this.#used.get(kind) ?? 0;
  }
}
