import { createDiffusion } from '../engine/diffusion/diffusion';
import { timesteps } from '../engine/diffusion/samplers/sampler';
import { samplers } from '../engine/diffusion/samplers/samplers';
import type { Operations } from '../engine/kernels/operations';
import { Random } from '../engine/training/random';
import type { TrainingState } from '../engine/training/trainer';
import { unetDenoiser } from '../engine/unet/denoiser';
import { copyWeights, disposeWeights } from '../engine/unet/weights';
import { nextTask } from './nextTask';
import type { SamplingCommand, SamplingEnd, SamplingSettings, SamplingStep } from './protocol';

/** Steps that may be on their way to the listener: a page that draws slowly slows the run, and is not flooded. */
const IN_FLIGHT = 4;

/** One run of the reverse process, on weights as they were at its start: training may go on meanwhile. */
export class SamplingRun {
  #settings: SamplingSettings;
  #permits: number;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(settings: SamplingSettings) {
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

  /** Runs to the end. `listen` gets x_T first, then each step; what it returns is awaited now and then. */
  async run(
    state: TrainingState,
    operations: Operations,
    listen: (step: SamplingStep) => unknown,
  ): Promise<SamplingEnd> {
    const { config } = state;
    const { count, seed, sampler, steps, variance, eta, clipX0, noiseAtEnd } = this.#settings;
    const diffusion = createDiffusion(config.schedule, config.nSteps);
    const visited = timesteps(config.nSteps, steps);
    const random = new Random(seed);
    const start = random.normal(count * config.imageSize ** 2 * config.imageChannels);
    const weights = copyWeights(this.#settings.weights === 'ema' ? state.ema : state.weights);
    const heard: unknown[] = [];
    let milliseconds = 0;
    try {
      const denoise = unetDenoiser(config, diffusion, operations, weights);
      const settings = {
        diffusion,
        denoise,
        start,
        timesteps: visited,
        random,
        variance,
        eta,
        clipX0,
        noiseAtEnd,
      };
      const total = visited.length;
      // The page gets copies: what it is sent is lost to the sampler.
      heard.push(listen({ index: 0, total, t: config.nSteps, x: start.slice(), x0: null, eps: null }));
      const reverse = samplers[sampler].sampler(settings);
      for (let index = 1; index <= total; index++) {
        if (!(await this.#permitted())) return { reason: 'stopped', milliseconds };
        const begin = performance.now();
        const { value } = await reverse.next();
        milliseconds += performance.now() - begin;
        if (!value) break;
        const { previous: t, x, x0, eps } = value;
        heard.push(listen({ index, total, t, x: x.slice(), x0: x0.slice(), eps: eps.slice() }));
        while (heard.length > IN_FLIGHT) await heard.shift();
        await nextTask();
      }
      await Promise.all(heard);
      return { reason: 'finished', milliseconds };
    } finally {
      disposeWeights(weights);
    }
  }

  /** Waits for the permit of one step; false where the run is stopped. */
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
