import * as tf from '@tensorflow/tfjs';
import { ancestral } from '../diffusion/samplers/ancestral';
import { type SamplerStep, timesteps } from '../diffusion/samplers/sampler';
import type { Operations } from '../kernels/operations';
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
import { finished } from './finished';

/** A model of its own, on the current backend, with pictures of noise: training it costs what training costs. */
export class MeasuredModel {
  readonly operations: Operations;
  readonly #state: TrainingState;
  readonly #settings: TrainerSettings;
  readonly #pictures: Float32Array;
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
    this.#pictures = new Random(2).normal(batchSize * imageSize ** 2 * imageChannels);
  }

  /** Takes one step of training; resolves with the loss when the backend is done with it. */
  trainStep(operations = this.operations): Promise<number> {
    const source = (_: Random, count: number) => ({
      images: this.#pictures,
      labels: new Uint8Array(count),
    });
    return trainStep(this.#state, operations, source, this.#settings).loss;
  }

  /** One evaluation of the network for a batch, on the backend; the caller disposes of the result. */
  forward(operations = this.operations): tf.Tensor4D {
    const { config } = this;
    const { batchSize } = this.#settings;
    const t = Int32Array.from({ length: batchSize }, (_, i) => i % config.nSteps);
    return tf.tidy(() => {
      const x = tf.tensor4d(this.#pictures, [
        batchSize,
        config.imageSize,
        config.imageSize,
        config.imageChannels,
      ]);
      return unet(config, operations, this.#state.weights, { x, t });
    });
  }

  async trainSteps(count: number): Promise<void> {
    const losses = Array.from({ length: count }, () => this.trainStep());
    await Promise.all(losses);
  }

  async forwards(count: number): Promise<void> {
    for (let i = 1; i < count; i++) this.forward().dispose();
    const last = this.forward();
    await finished(last);
    last.dispose();
  }

  /** Steps of ancestral sampling for as many pictures as the batch has, the way the sampler takes them. */
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

  #startSampling(): AsyncGenerator<SamplerStep, void, void> {
    const { diffusion, ema } = this.#state;
    const random = new Random(3);
    return ancestral({
      diffusion,
      denoise: unetDenoiser(this.config, diffusion, this.operations, ema),
      start: random.normal(this.#pictures.length),
      timesteps: timesteps(this.config.nSteps, this.config.nSteps),
      random,
      variance: 'beta',
      eta: 1,
      clipX0: true,
      noiseAtEnd: false,
    });
  }
}
