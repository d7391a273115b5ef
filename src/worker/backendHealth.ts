/** If a read failed because the device is lost, the device reports that within this time. */
const LOSS_REPORT_MS = 1000;

/** Whether a backend's results can still be trusted. */
export class BackendHealth {
  /** Why not; undefined while they can. */
  fault: string | undefined;
  /** Rejects at the first fault: a read from a lost device may never settle. */
  readonly failed: Promise<never>;
  #reject: (error: Error) => void = () => {};

  constructor() {
    this.failed = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // Without this, a rejection that nobody awaits would count as unhandled.
    this.failed.catch(() => {});
  }

  fail(reason: string): void {
    this.fault ??= reason;
    this.#reject(new Error(reason));
  }

  /** Throws if they cannot be trusted. */
  check(): void {
    if (this.fault !== undefined) throw new Error(this.fault);
  }

  /** Whether the backend itself has failed, given the error that work on it ended with. */
  async isToBlame(error: unknown): Promise<boolean> {
    if (this.fault === undefined && error instanceof DOMException) {
      const patience = new Promise((resolve) => setTimeout(resolve, LOSS_REPORT_MS));
      await Promise.race([this.failed.catch(() => {}), patience]);
    }
    return this.fault !== undefined;
  }

  /** The outcome of `work`, or the fault if that comes first. */
  guard<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.failed]);
  }
}
