import { nextTask } from './nextTask';

/**
 * Gives one kind of work at a time its turn. Where several wait, each gets time in proportion to its share: the next
 * turn goes to the one that has used least of it, and to one whose share is 0 only where no other waits. Who did not wait
 * has no claim to what it missed. Between two turns there is a task's end, so that messages are heard. Several pieces of
 * work of one kind take that kind's turns in order.
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

  /** From the next turn on; what was used before counts no longer. */
  setShares(shares: Readonly<Record<Kind, number>>): void {
    this.#shares = shares;
    this.#used.clear();
  }

  /** Whether a turn of this kind is within its share now, and nobody else of its kind waits for one. */
  isDue(kind: Kind): boolean {
    if (this.#shares[kind] === 0 || this.#waiting.has(kind)) return false;
    return (Object.keys(this.#shares) as Kind[]).some(
      (other) => other !== kind && this.#usedBy(kind) <= this.#usedBy(other),
    );
  }

  isGranted(kind: Kind): boolean {
    return this.#shares[kind] > 0;
  }

  /** Does `work` when it is the turn of its kind. */
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
      // Until the task has ended, so that who had its turn can wait again before the next is given.
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
