/** Whether a deleted row can still be brought back by an open tab. */
export type IsOffered = (row: { id: string; deletedAt?: number }) => boolean;

/** Where the browser has no locks, nobody knows of other tabs: what was deleted is then kept for a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Which deleted checkpoints the open tabs can bring back: each tab holds a lock for each of its own. */
export class UndoOffers {
  readonly #prefix: string;
  /** Those of this tab, and what ends their locks. */
  readonly #own = new Map<string, () => void>();

  constructor(databaseName: string) {
    this.#prefix = `${databaseName}-undo-`;
  }

  /** Resolves when the other tabs can see it. Held until it is taken back or the tab is closed. */
  make(id: string): Promise<void> {
    if (!navigator.locks || this.#own.has(id)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const held = () => {
        resolve();
        return new Promise<void>((release) => this.#own.set(id, release));
      };
      navigator.locks
        .request(this.#prefix + id, { mode: 'shared' }, held)
        .catch(reject)
        .finally(() => this.#own.delete(id));
    });
  }

  takeBack(id: string): void {
    this.#own.get(id)?.();
    this.#own.delete(id);
  }

  /** Those of all tabs. */
  async all(): Promise<IsOffered> {
    const held = await this.#held();
    return ({ id, deletedAt = 0 }) => (held ? held.has(id) : Date.now() - deletedAt < KEPT_MS);
  }

  /** Those of all other tabs. */
  async ofOthers(): Promise<IsOffered> {
    const held = await this.#held();
    return ({ id }) => (held?.has(id) ?? false) && !this.#own.has(id);
  }

  async #held(): Promise<Set<string> | undefined> {
    if (!navigator.locks) return undefined;
    const { held = [] } = await navigator.locks.query();
    const names = held.flatMap(({ name }) => (name?.startsWith(this.#prefix) ? [name] : []));
    return new Set(names.map((name) => name.slice(this.#prefix.length)));
  }
}
