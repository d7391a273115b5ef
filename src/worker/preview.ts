import { ddim } from '../engine/diffusion/samplers/ddim';
import { type SamplerStep, timesteps } from '../engine/diffusion/samplers/sampler';
import type { Operations } from '../engine/kernels/operations';
import { Random } from '../engine/training/random';
import type { TrainingState } from '../engine/training/trainer';
import { unetDenoiser } from '../engine/unet/denoiser';
import type { PreviewSettings } from './protocol';

/** Shortest time between two previews, so that a fast model does not flood the page. */
const PAUSE_MS = 500;

/**
 * Draws samples of the EMA weights again and again, from the same noise each time, a reverse step now and then: in all
 * at most the share of the time that the settings grant.
 */
export class Preview {
  #state: TrainingState;
  #operations: Operations;
  #settings: PreviewSettings;
  #start: Float32Array;
  #steps: AsyncGenerator<SamplerStep, void, void> | undefined;
  #left = 0;
  #begun = performance.now();
  #spent = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(state: TrainingState, operations: Operations, settings: PreviewSettings) {
    const { imageSize, imageChannels } = state.config;
    this.#state = state;
    this.#operations = operations;
    this.#settings = settings;
    this.#start = new Random(settings.seed).normal(settings.count * imageSize ** 2 * imageChannels);
  }

  /** Takes the next reverse step if it is its turn; the pictures when one was the last. */
  async advance(): Promise<Float32Array | undefined> {
    const now = performance.now();
    if (this.#spent > this.#settings.timeShare * (now - this.#begun) || now - this.#last < PAUSE_MS) return;
    const pictures = await this.#step();
    this.#spent += performance.now() - now;
    if (pictures) this.#last = performance.now();
    return pictures;
  }

  /** A whole preview of the weights as they are now. */
  async complete(): Promise<Float32Array | undefined> {
    if (this.#settings.timeShare === 0) return;
    this.#steps = undefined;
    for (;;) {
      const pictures = await this.#step();
      if (pictures) return pictures;
    }
  }

  async #step(): Promise<Float32Array | undefined> {
    const { config, diffusion, ema } = this.#state;
    if (!this.#steps) {
      const visited = timesteps(config.nSteps, this.#settings.samplerSteps);
      this.#left = visited.length;
      this.#steps = ddim({
        diffusion,
        denoise: unetDenoiser(config, diffusion, this.#operations, ema),
        start: this.#start,
        timesteps: visited,
        random: new Random(this.#settings.seed),
        variance: 'beta',
        eta: 0,
        clipX0: true,
        noiseAtEnd: false,
      });
    }
    const { value } = await this.#steps.next();
    if (--this.#left > 0) return;
    this.#steps = undefined;
    return value?.x;
  }
}
