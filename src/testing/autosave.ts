import type { Autosave } from '../worker/autosave';
import { readAutosave } from '../worker/autosaveFile';

/** Storage that keeps what it gets, as the browser's does. */
export class MemoryAutosave implements Autosave {
  bundle: Uint8Array | null = null;
  before: Uint8Array | null = null;
  saves = 0;

  async save(bundle: Uint8Array): Promise<void> {
    this.before = this.bundle;
    this.bundle = bundle.slice();
    this.saves++;
  }

  async load(): Promise<Uint8Array | null> {
    return this.bundle;
  }

  async setAside(): Promise<Uint8Array | null> {
    this.bundle = this.before;
    this.before = null;
    return this.bundle;
  }

  /** All that was learned, as it was saved last; the rest of a file tells how the run was measured. */
  get learned() {
    const { weights, ema, training } = readAutosave(this.bundle as Uint8Array);
    const { m, v, random, step, losses } = training ?? {};
    return { weights, ema, m, v, random, step, losses };
  }
}
