import { createDiffusion } from '../engine/diffusion/diffusion';
import { conditionsOf } from '../engine/diffusion/guidance';
import { samplers } from '../engine/diffusion/samplers/samplers';
import { spacedTimesteps, spacings } from '../engine/diffusion/samplers/spacings';
import { Random } from '../engine/training/random';
import { unetDenoiser } from '../engine/unet/denoiser';
import type { SamplingSettings } from '../settings/samplingSettings';
import { type ModelContext, takeTurn } from './modelContext';
import type { SamplingCommand, SamplingEnd, SamplingStep } from './protocol';

/** Steps that may be on their way to the listener: a page that draws slowly slows the run instead of being flooded. */
const IN_FLIGHT = 4;

/** One run of the reverse process. */
export class SamplingRun {
  #settings: SamplingSettings;
  #permits: number;
  #stopped = false;
  #wake: () => void = () => {};

  /** Throws for invalid settings; the message names the limit. */
  constructor(settings: SamplingSettings) {
    checkSamplingSettings(settings);
    this.#settings = settings;
    this.#permits = settings.paused ? 0 : Number.POSITIVE_INFINITY;
  }

  /** See SamplingCommand. */
  control(command: SamplingCommand): void {
    if (command === 'stop') this.#stopped = true;
    else if (command === 'pause') this.#permits = 0;
    else if (command === 'step') this.#permits = Number.isFinite(this.#permits) ? this.#permits + 1 : 1;
    else this.#permits = Number.POSITIVE_INFINITY;
    this.#wake();
  }

  /** Runs to the end. `listen` gets x_T first, then each step; its result is awaited a few steps later. */
  async run(context: ModelContext, listen: (step: SamplingStep) => unknown): Promise<SamplingEnd> {
    const { config, weights, operations } = context;
    const {
      count,
      seed,
      sampler,
      steps,
      spacing,
      classes = 'none',
      guidance = 0,
      ...choices
    } = this.#settings;
    const conditions = conditionsOf(classes, guidance, count, config.nClasses);
    const diffusion = createDiffusion(config.schedule, config.nSteps);
    const visited = spacedTimesteps(diffusion, steps, spacing);
    const total = visited.length;
    const random = new Random(seed);
    const start = random.normal(count * config.imageSize ** 2 * config.imageChannels);
    const denoise = unetDenoiser(config, diffusion, operations, weights, conditions);
    const reverse = samplers[sampler].sampler({
      ...choices,
      diffusion,
      denoise,
      start,
      timesteps: visited,
      random,
    });
    const heard: unknown[] = [];
    let milliseconds = 0;
    // The listener gets copies: it may transfer them, which would detach ours.
    heard.push(listen({ index: 0, total, t: config.nSteps, x: start.slice(), x0: null, eps: null }));
    for (let index = 1; index <= total; index++) {
      if (!(await this.#permitted())) return { reason: 'stopped', milliseconds };
      const { value } = await takeTurn(context, async () => {
        const begun = performance.now();
        const step = await reverse.next();
        milliseconds += performance.now() - begun;
        return step;
      });
      if (!value) break;
      const { previous: t, x, x0, eps } = value;
      heard.push(listen({ index, total, t, x: x.slice(), x0: x0.slice(), eps: eps.slice() }));
      while (heard.length > IN_FLIGHT) await heard.shift();
    }
    await Promise.all(heard);
    return { reason: 'finished', milliseconds };
  }

  /** Waits until one step is permitted; false if the run is stopped. */
  async #permitted(): Promise<boolean> {
    while (!this.#stopped && this.#permits === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#permits--;
    return !this.#stopped;
  }
}

function checkSamplingSettings({ count, seed, sampler, steps, spacing, eta = 0 }: SamplingSettings): void {
  const whole = (what: string, value: number, limit: number) => {
    if (Number.isInteger(value) && value >= 1 && value <= limit) return;
    throw new Error(`${what} must be a whole number from 1 to ${limit}, not ${value}.`);
  };
  whole('The number of samples', count, 1024);
  whole('The number of steps', steps, 10_000);
  if (!Number.isInteger(seed) || seed < 0) throw new Error(`The seed must be a whole number, not ${seed}.`);
  if (!(eta >= 0 && eta <= 1)) throw new Error(`η must be from 0 to 1, not ${eta}.`);
  if (!Object.hasOwn(spacings, spacing)) throw new Error(`There is no spacing '${spacing}'.`);
  if (!Object.hasOwn(samplers, sampler)) {
    throw new Error(`There is no sampler '${sampler}'; there are: ${Object.keys(samplers).join(', ')}.`);
  }
}
