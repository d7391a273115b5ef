import { conditionsOf } from '../engine/diffusion/guidance';
import { ddim } from '../engine/diffusion/samplers/ddim';
import { type SamplerStep, timesteps } from '../engine/diffusion/samplers/sampler';
import type { Operations } from '../engine/kernels/operations';
import { Random } from '../engine/training/random';
import type { TrainingState } from '../engine/training/trainer';
import { unetDenoiser } from '../engine/unet/denoiser';
import type { PreviewSettings } from './protocol';

/** Shortest time from one preview to the next, so that a fast model does not flood the page. */
const PAUSE_MS = 500;

/** Draws samples of the EMA weights again and again, from the same noise each time, a reverse step at every call. */
export class Preview {
  #state: TrainingState;
  #operations: Operations;
  #settings: PreviewSettings;
  #start: Float32Array;
  #steps: AsyncGenerator<SamplerStep, void, void> | undefined;
  #left = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(state: TrainingState, operations: Operations, settings: PreviewSettings) {
    const { imageSize, imageChannels } = state.config;
    this.#state = state;
    this.#operations = operations;
    this.#settings = settings;
    this.#start = new Random(settings.seed).normal(settings.count * imageSize ** 2 * imageChannels);
  }

  /** Whether the pictures before have been there for a while. */
  get isDue(): boolean {
    return performance.now() - this.#last > PAUSE_MS;
  }

  /** Takes the next reverse step; the pictures when that was the last. */
  async step(): Promise<Float32Array | undefined> {
    this.#steps ??= this.#startSteps();
    const { value } = await this.#steps.next();
    if (--this.#left > 0) return;
    this.#steps = undefined;
    this.#last = performance.now();
    return value?.x;
  }

  /** Begins anew, so that no step of the next pictures is by older weights than those of now. */
  restart(): void {
    this.#steps = undefined;
  }

  #startSteps(): AsyncGenerator<SamplerStep, void, void> {
    const { config, diffusion, ema } = this.#state;
    const { count, samplerSteps } = this.#settings;
    const visited = timesteps(config.nSteps, samplerSteps);
    const classes = config.nClasses > 0 ? 'each' : 'none';
    const conditions = conditionsOf(classes, 0, count, config.nClasses);
    this.#left = visited.length;
    return ddim({
      diffusion,
      denoise: unetDenoiser(config, diffusion, this.#operations, ema, conditions),
      start: this.#start,
      timesteps: visited,
      random: new Random(this.#settings.seed),
      variance: 'beta',
      eta: 0,
      clipX0: true,
      noiseAtEnd: false,
    });
  }
}
