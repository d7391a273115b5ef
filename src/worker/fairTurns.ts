import { nextTask } from './nextTask';

/**
 * Gives one kind of work at a time its turn. Where several wait, each gets time in proportion to its share: the next
 * turn goes to the one that has used least of it. Who did not wait has no claim to what it missed. Between two turns
 * there is a task's end, so that messages are heard. Several pieces of work of one kind take that kind's turns in order.
 */
export class FairTurns<Kind extends string> {
  #shares: Readonly<Record<Kind, number>>;
  /** Milliseconds over share. */
  #used = new Map<Kind, number>();
  #waiting = new Map<Kind, (() => void)[]>();
  #busy = false;

  constructor(shares: Readonly<Record<Kind, number>>) {
    this.#shares = shares;
  }

  /** Does `work` when it is the turn of its kind. */
  async take<T>(kind: Kind, work: () => Promise<T> | T): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#waiting.set(kind, [...(this.#waiting.get(kind) ?? []), resolve]);
      this.#next();
    });
    const begun = performance.now();
    try {
      return await work();
    } finally {
      const time = performance.now() - begun;
      this.#used.set(kind, this.#usedBy(kind) + time / this.#shares[kind]);
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
    const chosen = others.reduce(
      (best, kind) => (this.#usedBy(kind) < this.#usedBy(best) ? kind : best),
      first,
    );
    for (const kind of Object.keys(this.#shares) as Kind[]) {
      if (!this.#waiting.has(kind)) this.#used.set(kind, Math.max(this.#usedBy(kind), this.#usedBy(chosen)));
    }
    const [begin, ...rest] = this.#waiting.get(chosen) ?? [];
    if (rest.length > 0) this.#waiting.set(chosen, rest);
    else this.#waiting.delete(chosen);
    this.#busy = true;
    begin?.();
  }

  #usedBy(kind: Kind): number {
    return this.#used.get(kind) ?? 0;
  }
}
