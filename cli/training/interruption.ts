import { constants } from 'node:os';

/** A second Ctrl-C counts from this many milliseconds on: a shell and its child may both pass on the first. */
const PATIENCE = 1000;

/** Ctrl-C, SIGTERM or a terminal that is closed (SIGHUP) as a wish to stop soon; the second one ends the program at once. */
export class Interruption {
  static readonly #signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  #signal: NodeJS.Signals | undefined;
  #since = 0;
  readonly #listener = (signal: NodeJS.Signals) => {
    if (this.#signal && performance.now() - this.#since > PATIENCE) process.exit(exitCode(signal));
    if (this.#signal) return;
    this.#signal = signal;
    this.#since = performance.now();
  };

  constructor() {
    for (const signal of Interruption.#signals) process.on(signal, this.#listener);
  }

  get requested(): boolean {
    return this.#signal !== undefined;
  }

  /** The exit code that tells a shell what ended the program; undefined where nothing did. */
  get exitCode(): number | undefined {
    return this.#signal && exitCode(this.#signal);
  }

  /** Signals end the program again. */
  dispose(): void {
    for (const signal of Interruption.#signals) process.off(signal, this.#listener);
  }
}

function exitCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
