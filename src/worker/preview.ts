import { createDiffusion, type Diffusion } from '../engine/diffusion/diffusion';
import { conditionsOf } from '../engine/diffusion/guidance';
import { ddim } from '../engine/diffusion/samplers/ddim';
import type { SamplerStep } from '../engine/diffusion/samplers/sampler';
import { timesteps } from '../engine/diffusion/samplers/spacings';
import type { Operations } from '../engine/kernels/operations';
import { Random } from '../engine/training/random';
import type { ModelConfig } from '../engine/unet/config';
import { unetDenoiser } from '../engine/unet/denoiser';
import type { Weights } from '../engine/unet/weights';
import type { PreviewSettings } from '../settings/settings';
import { type ModelContext, takeTurn } from './modelContext';

/** Shortest time between two previews, so that a fast model does not flood the page. */
const PAUSE_MS = 500;

/** What a preview is drawn with. */
export interface PreviewModel {
  config: ModelConfig;
  diffusion: Diffusion;
  ema: Weights;
  operations: Operations;
}

/** Images NHWC in [−1, 1]. */
export interface PreviewImages {
  images: Float32Array;
  count: number;
}

/** The reverse process of a preview: DDIM by its default options from the noise of its seed, each class in turn, unguided. */
export function previewSteps(
  { config, diffusion, ema, operations }: PreviewModel,
  { count, samplerSteps, seed }: PreviewSettings,
): AsyncGenerator<SamplerStep, void, void> {
  const random = new Random(seed);
  const classes = config.nClasses > 0 ? 'each' : 'none';
  const conditions = conditionsOf(classes, 0, count, config.nClasses);
  return ddim({
    diffusion,
    denoise: unetDenoiser(config, diffusion, operations, ema, conditions),
    start: random.normal(count * config.imageSize ** 2 * config.imageChannels),
    timesteps: timesteps(config.nSteps, samplerSteps),
    random,
  });
}

/** Draws one preview after another, each from the same noise, by one reverse step a call. */
export class Preview {
  #model: PreviewModel;
  #settings: () => PreviewSettings;
  #steps: AsyncGenerator<SamplerStep, void, void> | undefined;
  /** Settings of the latest preview. */
  #drawn: PreviewSettings | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** Settings are read anew at each step: changed ones begin another preview. */
  constructor(model: PreviewModel, settings: () => PreviewSettings) {
    this.#model = model;
    this.#settings = settings;
  }

  /** Whether one has begun, or the last one is old, or the settings have changed. */
  get isDue(): boolean {
    const isOld = performance.now() - this.#last > PAUSE_MS;
    return this.#steps !== undefined || isOld || !isSame(this.#settings(), this.#drawn);
  }

  /** Takes the next reverse step; the images after the last one. */
  async step(): Promise<PreviewImages | undefined> {
    const settings = this.#settings();
    if (!isSame(settings, this.#drawn)) this.restart();
    this.#drawn = settings;
    this.#steps ??= previewSteps(this.#model, settings);
    const { value } = await this.#steps.next();
    if (!value || value.previous >= 0) return undefined;
    this.#steps = undefined;
    this.#last = performance.now();
    return { images: value.x, count: settings.count };
  }

  /** Begins anew, so that all steps of the next images use the current weights. */
  restart(): void {
    this.#steps = undefined;
  }
}

/** Draws one preview, each step in its turn; images NHWC in [−1, 1]. */
export async function drawPreview(model: ModelContext, settings: PreviewSettings): Promise<Float32Array> {
  const { config, weights: ema, operations } = model;
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const steps = previewSteps({ config, diffusion, ema, operations }, settings);
  for (;;) {
    const { value } = await takeTurn(model, () => steps.next());
    if (value && value.previous < 0) return value.x;
  }
}

/** Throws for invalid settings; the message names the limit. */
export function checkPreviewSettings({ count, samplerSteps, seed }: PreviewSettings): void {
  const whole = (what: string, value: number, least: number) => {
    if (Number.isSafeInteger(value) && value >= least) return;
    throw new Error(`${what} must be a whole number of at least ${least}, not ${value}.`);
  };
  whole('The number of samples in the preview', count, 1);
  whole("The preview's number of steps", samplerSteps, 1);
  whole("The seed of the preview's noise", seed, 0);
}

function isSame(one: PreviewSettings, other: PreviewSettings | undefined): boolean {
  return one.count === other?.count && one.samplerSteps === other.samplerSteps && one.seed === other.seed;
}
