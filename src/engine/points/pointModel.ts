import { createDiffusion, type Diffusion } from '../diffusion/diffusion';
import type { Denoiser } from '../diffusion/samplers/sampler';
import { Random } from '../training/random';
import { type DenseLayer, denseLayers, initialWeights, weightCount } from './network/denseLayers';
import { AdamEma, forwardPass, type Pass, type TrainingPass, trainingPass } from './network/denseNetwork';
import { FEATURES, timeTable, writeFeatures } from './network/features';
import { createArena, type KernelArena } from './network/kernelArena';
import { drawPoints, type PointData } from './pointData';

/** A small network for points in the plane: ε_θ(x, t) by `layers` hidden layers of `width` SiLUs. */
export interface PointModelConfig {
  layers: number;
  width: number;
  nSteps: number;
  schedule: string;
}

export interface PointTrainerSettings {
  batchSize: number;
  learningRate: number;
  emaDecay: number;
}

export interface PointTrainingStep {
  /** From 1. */
  step: number;
  loss: number;
}

/** The network in training. */
export class PointModel {
  readonly config: PointModelConfig;
  readonly diffusion: Diffusion;
  readonly layers: DenseLayer[];
  /** Steps taken so far. */
  step = 0;
  #arena: KernelArena;
  #random: Random;
  #table: Float32Array;
  #weights: number;
  #gradients: number;
  #ema: number;
  #optimizer: AdamEma;
  #training: TrainingPass | undefined;
  #passes = new Map<number, Pass>();

  /** See createPointModel. */
  constructor(config: PointModelConfig, seed: number, arena: KernelArena) {
    const { layers, width, nSteps, schedule } = config;
    this.config = config;
    this.diffusion = createDiffusion(schedule, nSteps);
    this.layers = denseLayers([FEATURES, ...Array.from({ length: layers }, () => width), 2]);
    this.#arena = arena;
    this.#random = new Random(seed);
    this.#table = timeTable(nSteps);
    const count = weightCount(this.layers);
    this.#weights = arena.allocate(count);
    this.#gradients = arena.allocate(count);
    this.#ema = arena.allocate(count);
    const place = { weights: this.#weights, gradients: this.#gradients, ema: this.#ema };
    this.#optimizer = new AdamEma(arena, this.layers, place);
    const start = initialWeights(this.layers, this.#random);
    arena.floats(this.#weights, count).set(start);
    arena.floats(this.#ema, count).set(start);
  }

  get parameters(): number {
    return weightCount(this.layers);
  }

  /** A copy of the averaged weights, layer after layer as DenseLayer has them. */
  averagedWeights(): Float32Array {
    return this.#arena.floats(this.#ema, this.parameters).slice();
  }

  /** Takes trained weights in place of the random ones, as those of training and as their average. */
  takeWeights(weights: Float32Array): void {
    this.#arena.floats(this.#weights, this.parameters).set(weights);
    this.#arena.floats(this.#ema, this.parameters).set(weights);
  }

  /** Algorithm 1 of Ho et al. 2020: one step of Adam on |ε − ε_θ(√ᾱ_t x₀ + √(1−ᾱ_t) ε, t)|², then the EMA. */
  trainStep(data: PointData, { batchSize, learningRate, emaDecay }: PointTrainerSettings): PointTrainingStep {
    const { nSteps, alphaBar } = this.diffusion;
    const random = this.#random;
    if (this.#training?.rows !== batchSize) {
      const place = { weights: this.#weights, gradients: this.#gradients };
      this.#training = trainingPass(this.#arena, this.layers, place, batchSize);
    }
    const pass = this.#training;
    const x = drawPoints(data, batchSize, random);
    const noise = random.normal(2 * batchSize);
    const t = random.integers(batchSize, nSteps);
    for (let i = 0; i < x.length; i++) {
      const left = alphaBar[t[i >> 1] as number] as number;
      x[i] = Math.sqrt(left) * (x[i] as number) + Math.sqrt(1 - left) * (noise[i] as number);
    }
    const rows = this.#arena.floats(pass.input, batchSize * FEATURES);
    writeFeatures(x, (i) => t[i] as number, this.#table, rows);
    this.#arena.floats(pass.target, noise.length).set(noise);
    const loss = pass.learn();
    this.step++;
    // As for the U-Net: the start is soon forgotten.
    const decay = Math.min(emaDecay, (1 + this.step) / (10 + this.step));
    this.#optimizer.step(this.step, learningRate, decay);
    return { step: this.step, loss };
  }

  /** ε_θ of the averaged weights as they are at each call, of points [n, 2]. */
  denoiser(): Denoiser {
    return async (xt, t) => this.predict(xt, t);
  }

  /** ε_θ(x, t) of the averaged weights, [n, 2]. */
  predict(xt: Float32Array, t: number): Float32Array {
    const rows = xt.length / 2;
    let pass = this.#passes.get(rows);
    if (!pass) {
      pass = forwardPass(this.#arena, this.layers, this.#ema, rows);
      this.#passes.set(rows, pass);
    }
    writeFeatures(xt, () => t, this.#table, this.#arena.floats(pass.input, rows * FEATURES));
    pass.run();
    return this.#arena.floats(pass.output, xt.length).slice();
  }
}

/** A new network with random weights in a memory of its own. Throws for a config or settings out of bounds. */
export async function createPointModel(config: PointModelConfig, seed: number): Promise<PointModel> {
  const { layers, width } = config;
  whole('The number of hidden layers', layers, 1, 6);
  whole('The hidden width', width, 4, 512);
  return new PointModel(config, seed, await createArena());
}

/** Throws an error that names the limit. */
export function checkPointTrainer({ batchSize, learningRate, emaDecay }: PointTrainerSettings): void {
  whole('The batch', batchSize, 1, 4096);
  if (!(learningRate > 0 && learningRate <= 1)) {
    throw new Error(`The learning rate must be above 0 and at most 1, not ${learningRate}.`);
  }
  if (!(emaDecay >= 0 && emaDecay < 1)) {
    throw new Error(`The EMA decay must be at least 0 and below 1, not ${emaDecay}.`);
  }
}

function whole(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(`${what} must be a whole number from ${least} to ${most}, not ${value}.`);
}
