/** A device says that it is lost soon after what reads from it has failed, if that is why. */
const LOSS_TOLD_MS = 1000;

/** Whether what a backend computes can still be trusted. */
export class BackendHealth {
  /** Why not; none while it can. */
  fault: string | undefined;
  /** Rejects at the first fault: whoever waits for a tensor of a lost device may wait for ever. */
  readonly failed: Promise<never>;
  #reject: (error: Error) => void = () => {};

  constructor() {
    this.failed = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // Whoever waits hears of it; nobody may be waiting.
    this.failed.catch(() => {});
  }

  fail(reason: string): void {
    this.fault ??= reason;
    this.#reject(new Error(reason));
  }

  /** Throws where it cannot be trusted. */
  check(): void {
    if (this.fault !== undefined) throw new Error(this.fault);
  }

  /** Whether it is the backend that has failed, where work on it ended with this error. */
  async isToBlame(error: unknown): Promise<boolean> {
    if (this.fault === undefined && error instanceof DOMException) {
      const patience = new Promise((resolve) => setTimeout(resolve, LOSS_TOLD_MS));
      await Promise.race([this.failed.catch(() => {}), patience]);
    }
    return this.fault !== undefined;
  }

  /** The outcome of `work`, or the fault where that comes first. */
  guard<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.failed]);
  }
}
