import type { SessionState } from './sessionState';
import type { TrainingState } from './trainingState';

/** How many are kept: enough to see what led to a fault. */
const KEPT = 30;

interface Observed {
  session: SessionState;
  training: TrainingState;
}

/** What happened last, for a report: states and messages, no data. */
export class LastEvents {
  #events: { at: number; what: string }[] = [];

  add(what: string): void {
    this.#events.push({ at: performance.now(), what });
    if (this.#events.length > KEPT) this.#events.shift();
  }

  /** A line each, oldest first, with the seconds since the page was opened. */
  get lines(): string[] {
    return this.#events.map(({ at, what }) => `${(at / 1000).toFixed(1)} s  ${what}`);
  }

  /** Notes what of a state is another than before; meant for a store's subscribe. */
  observe = ({ session, training }: Observed, before: Observed): void => {
    if (session.status !== before.session.status)
      this.add(`engine: ${session.status}${session.problem ? `: ${session.problem}` : ''}`);
    if (training.status !== before.training.status)
      this.add(`training: ${training.status} at step ${training.step}`);
    if (training.message !== null && training.message !== before.training.message)
      this.add(`training says: ${training.message}`);
  };

  /** Notes errors that nobody caught. */
  watch(page: Window): void {
    page.addEventListener('error', ({ message }) => this.add(`error of the page: ${message}`));
    page.addEventListener('unhandledrejection', ({ reason }) => this.add(`rejection of the page: ${reason}`));
  }
}
