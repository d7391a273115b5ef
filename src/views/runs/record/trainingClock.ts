/** Time after a step. */
export interface StepTime {
  step: number;
  seconds: number;
}

/** With more points than this, every other one is dropped. */
const MOST = 512;

/** Counts the time that a run spends in training, and notes it at its steps. */
export class TrainingClock {
  #seconds = 0;
  #last: number | null = null;
  #times: StepTime[] = [];

  get seconds(): number {
    return this.#seconds;
  }

  get times(): readonly StepTime[] {
    return this.#times;
  }

  /** Hears at each change whether training is under way; `now` in milliseconds. */
  tick(now: number, isTraining: boolean): void {
    if (this.#last !== null) this.#seconds += (now - this.#last) / 1000;
    this.#last = isTraining ? now : null;
  }

  /** Notes the time of a step; weights that went back take the later ones with them. */
  note(step: number): void {
    this.#times = this.#times.filter((one) => one.step < step);
    this.#times.push({ step, seconds: Math.round(this.#seconds * 1000) / 1000 });
    if (this.#times.length > MOST) this.#times = this.#times.filter((_, i) => i % 2 === 1 || i === 0);
  }
}
