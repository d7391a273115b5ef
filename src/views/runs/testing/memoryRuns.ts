import { withQuality } from '../record/keptQuality';
import type { RunBody, RunFacts, RunQuality } from '../record/run';
import type { KeptRun, RunStorage } from '../storage/runStorage';

interface Row {
  facts: RunFacts;
  body: RunBody;
  checkpoint: { step: number; bundle: Uint8Array } | null;
  deleted: boolean;
}

/** A storage that keeps runs in memory, and refuses to write while `problem` is set. */
export class MemoryRuns implements RunStorage {
  readonly rows = new Map<string, Row>();
  problem: string | null = null;
  saves = 0;

  async list(): Promise<KeptRun[]> {
    return [...this.rows.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ facts, checkpoint }) => ({
        id: facts.id,
        name: facts.name,
        facts,
        bytes: 1,
        checkpoint: checkpoint && { step: checkpoint.step, bytes: checkpoint.bundle.length },
      }))
      .reverse();
  }

  async save(facts: RunFacts, body: RunBody, isNew: boolean): Promise<boolean> {
    if (this.problem !== null) throw new Error(this.problem);
    this.saves++;
    const before = this.rows.get(facts.id);
    if (!before && !isNew) return false;
    const { name, pinned, colour, quality } = before?.facts ?? facts;
    const fresh = { checkpoint: null, deleted: false };
    this.rows.set(facts.id, {
      ...fresh,
      ...before,
      facts: { ...facts, name, pinned, colour, quality },
      body,
    });
    return true;
  }

  async load(id: string): Promise<RunBody> {
    return this.#of(id).body;
  }

  async change(id: string, change: Partial<RunFacts>): Promise<void> {
    const row = this.#of(id);
    row.facts = { ...row.facts, ...change };
  }

  async addQuality(id: string, quality: RunQuality): Promise<void> {
    const row = this.#of(id);
    row.facts = { ...row.facts, quality: withQuality(row.facts.quality, quality) };
  }

  async keepCheckpoint(id: string, step: number, bundle: Uint8Array): Promise<void> {
    this.#of(id).checkpoint = { step, bundle };
  }

  async loadCheckpoint(id: string): Promise<Uint8Array> {
    const { checkpoint } = this.#of(id);
    if (!checkpoint) throw new Error('It has none.');
    return checkpoint.bundle;
  }

  async remove(id: string): Promise<void> {
    this.#of(id).deleted = true;
  }

  async undelete(id: string): Promise<void> {
    this.#of(id).deleted = false;
  }

  #of(id: string): Row {
    const row = this.rows.get(id);
    if (!row) throw new Error('This run is gone.');
    return row;
  }
}
