import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from './duration';
import { Rate } from './rate';

/** Milliseconds between lines where stderr is no terminal. */
const LINE_INTERVAL = 5000;

/** A bar on stderr with speed and time left; where stderr is a file or a pipe, a line now and then. */
export class Progress {
  readonly #bar: SingleBar;
  readonly #total: number;
  readonly #rate: Rate;
  readonly #unit: string;

  /** `done` of `total` steps were taken before. */
  constructor(title: string, total: number, done = 0, unit = 'steps') {
    this.#unit = unit;
    this.#total = total;
    this.#rate = new Rate(done);
    this.#bar = new SingleBar(
      {
        format: `${title} {bar} {value}/{total}{note} · {speed} · {left}`,
        barsize: 24,
        noTTYOutput: true,
        notTTYSchedule: LINE_INTERVAL,
      },
      Presets.shades_classic,
    );
    this.#bar.start(total, done, this.#texts(done, ''));
  }

  /** `note` is a text such as "loss 0.12". */
  update(done: number, note = ''): void {
    this.#rate.add(done);
    this.#bar.update(done, this.#texts(done, note));
  }

  stop(): void {
    this.#bar.stop();
  }

  #texts(done: number, note: string) {
    const perSecond = this.#rate.perSecond;
    return {
      note: note && ` · ${note}`,
      speed: perSecond === undefined ? `– ${this.#unit}/s` : `${perSecond.toPrecision(3)} ${this.#unit}/s`,
      left: perSecond === undefined ? '–' : `${formatDuration((this.#total - done) / perSecond)} left`,
    };
  }
}
