/** Seconds that the speed is averaged over, and between the readings that are kept. */
const WINDOW = 10;
const SPACING = 0.25;

/** The speed of something that counts up, over the last seconds. */
export class Rate {
  readonly #now: () => number;
  readonly #readings: { time: number; value: number }[];
  #last: { time: number; value: number };

  /** `now` gives the time in milliseconds. */
  constructor(start: number, now = () => performance.now()) {
    this.#now = now;
    this.#last = { time: now() / 1000, value: start };
    this.#readings = [this.#last];
  }

  add(value: number): void {
    this.#last = { time: this.#now() / 1000, value };
    const { time } = this.#last;
    const newest = this.#readings.at(-1) as { time: number };
    if (time - newest.time >= SPACING) this.#readings.push(this.#last);
    while (this.#readings.length > 2 && time - (this.#readings[1] as { time: number }).time >= WINDOW)
      this.#readings.shift();
  }

  /** Undefined until there is something to tell it from. */
  get perSecond(): number | undefined {
    const [oldest] = this.#readings as [{ time: number; value: number }];
    const seconds = this.#last.time - oldest.time;
    const count = this.#last.value - oldest.value;
    return seconds > 0 && count > 0 ? count / seconds : undefined;
  }
}
