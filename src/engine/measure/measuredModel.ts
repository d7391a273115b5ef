import * as tf from '@tensorflow/tfjs';
import { ancestral } from '../diffusion/samplers/ancestral';
import type { SamplerStep } from '../diffusion/samplers/sampler';
import { timesteps } from '../diffusion/samplers/spacings';
import type { Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { repeatedOf } from '../kernels/replay/kept';
import { Random } from '../training/random';
import {
  createTrainingState,
  disposeTrainingState,
  type TrainerSettings,
  type TrainingState,
  trainStep,
} from '../training/trainer';
import type { ModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { unet } from '../unet/unet';

/** A model of its own, on the current backend, with images of noise: training it costs what training costs. */
export class MeasuredModel {
  readonly operations: Operations;
  readonly #state: TrainingState;
  readonly #settings: TrainerSettings;
  readonly #images: Float32Array;
  #sampling: AsyncGenerator<SamplerStep, void, void> | undefined;

  constructor(
    readonly config: ModelConfig,
    batchSize: number,
    operations: Operations,
  ) {
    this.operations = operations;
    this.#state = createTrainingState(config, 1);
    this.#settings = { batchSize, learningRate: 2e-5, emaDecay: 0.999 };
    const { imageSize, imageChannels } = config;
    this.#images = new Random(2).normal(batchSize * imageSize ** 2 * imageChannels);
  }

  /** Takes one step of training; resolves with the loss when the backend is done with it. */
  trainStep(operations = this.operations): Promise<number> {
    const source = (_: Random, count: number) => ({
      images: this.#images,
      labels: new Uint8Array(count),
    });
    return trainStep(this.#state, operations, source, this.#settings).loss;
  }

  /** One evaluation of the network for a batch, through tfjs; the caller disposes of the result. */
  forward(operations = this.operations): tf.Tensor4D {
    return tf.tidy(() => this.#evaluation(operations));
  }

  /** One evaluation of the network for a batch, the way a sampler has it; resolves with its values. */
  evaluate(): Promise<Float32Array> {
    const { operations, config } = this;
    const { weights } = this.#state;
    const work = () => this.#evaluation(operations);
    return repeatedOf(weights, 'measured evaluation', operations, [config], work).run({});
  }

  async trainSteps(count: number): Promise<void> {
    const losses = Array.from({ length: count }, () => this.trainStep());
    await Promise.all(losses);
  }

  async forwards(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.evaluate()));
  }

  /** Steps of ancestral sampling for as many images as the batch has, the way the sampler takes them. */
  async reverseSteps(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.#sampling ??= this.#startSampling();
      const { done } = await this.#sampling.next();
      if (done) {
        this.#sampling = undefined;
        i--;
      }
    }
  }

  dispose(): void {
    disposeTrainingState(this.#state);
  }

  #evaluation(operations: Operations): tf.Tensor4D {
    const { imageSize, imageChannels, nSteps } = this.config;
    const { batchSize } = this.#settings;
    const x = feed<tf.Rank.R4>(() => this.#images, [batchSize, imageSize, imageSize, imageChannels]);
    const t = Int32Array.from({ length: batchSize }, (_, i) => i % nSteps);
    return unet(this.config, operations, this.#state.weights, { x, t });
  }

  #startSampling(): AsyncGenerator<SamplerStep, void, void> {
    const { diffusion, ema } = this.#state;
    const random = new Random(3);
    return ancestral({
      diffusion,
      denoise: unetDenoiser(this.config, diffusion, this.operations, ema),
      start: random.normal(this.#images.length),
      timesteps: timesteps(this.config.nSteps, this.config.nSteps),
      random,
    });
  }
}
