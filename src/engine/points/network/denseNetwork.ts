import { real } from '../../kernels/wasm/kernels';
import {
  type DenseLayer,
  denseGradientJob,
  denseJobs,
  siluGradientJob,
  siluJob,
  weightCount,
} from './denseLayers';
import type { Job, KernelArena } from './kernelArena';

/** One way through the network for a fixed number of rows: where its input and output lie, and the jobs between them. */
export interface Pass {
  rows: number;
  /** Addresses of [rows, inputs] and [rows, outputs]. */
  input: number;
  output: number;
  run(): void;
}

/** A pass that also takes gradients of the mean squared error. */
export interface TrainingPass extends Pass {
  /** Address of what the output should be, [rows, outputs]. */
  target: number;
  /** Forward, backward; returns the loss, the mean over rows and outputs. */
  learn(): number;
}

/** The activations of a pass: `before` and `after` SiLU of each hidden layer. */
interface Activations {
  input: number;
  hidden: { before: number; after: number }[];
  output: number;
}

/** Prepares y = network(x): linear, SiLU, …, linear. `weights` is an address; what stands there is read at each run. */
export function forwardPass(
  arena: KernelArena,
  layers: readonly DenseLayer[],
  weights: number,
  rows: number,
): Pass {
  const { activations, jobs } = forwardJobs(arena, layers, weights, rows);
  return { rows, input: activations.input, output: activations.output, run: () => runAll(jobs) };
}

/** Prepares a pass whose `learn` writes the gradient of every weight to the address `gradients`. */
export function trainingPass(
  arena: KernelArena,
  layers: readonly DenseLayer[],
  place: { weights: number; gradients: number },
  rows: number,
): TrainingPass {
  const { activations, jobs } = forwardJobs(arena, layers, place.weights, rows);
  const { outputs } = layers.at(-1) as DenseLayer;
  const target = arena.allocate(rows * outputs);
  const one = arena.allocate(1);
  arena.floats(one, 1)[0] = 1;
  const loss = arena.allocate(1);
  let dy = arena.allocate(rows * outputs);
  const size = rows * outputs;
  const backward: Job[] = [
    arena.job('squaredError', 1, [activations.output, target, one, dy, loss, size, real(1 / size)]),
  ];
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i] as DenseLayer;
    const before = activations.hidden[i - 1];
    const x = before ? before.after : activations.input;
    backward.push(denseGradientJob(arena, layer, { x, dy, gradients: place.gradients, rows }));
    if (!before) break;
    const dAfter = arena.allocate(rows * layer.inputs);
    const dBefore = arena.allocate(rows * layer.inputs);
    backward.push(
      ...denseJobs(arena, layer, { weights: place.weights, rows, from: dy, to: dAfter, transposed: true }),
      siluGradientJob(arena, dAfter, before.before, dBefore, rows * layer.inputs),
    );
    dy = dBefore;
  }
  return {
    rows,
    input: activations.input,
    output: activations.output,
    target,
    run: () => runAll(jobs),
    learn() {
      runAll(jobs);
      runAll(backward);
      return arena.floats(loss, 1)[0] as number;
    },
  };
}

function forwardJobs(arena: KernelArena, layers: readonly DenseLayer[], weights: number, rows: number) {
  const input = arena.allocate(rows * (layers[0] as DenseLayer).inputs);
  const hidden: Activations['hidden'] = [];
  const jobs: Job[] = [];
  let from = input;
  let output = input;
  for (const [i, layer] of layers.entries()) {
    output = arena.allocate(rows * layer.outputs);
    jobs.push(...denseJobs(arena, layer, { weights, rows, from, to: output }));
    if (i === layers.length - 1) break;
    from = arena.allocate(rows * layer.outputs);
    jobs.push(siluJob(arena, output, from, rows * layer.outputs));
    hidden.push({ before: output, after: from });
  }
  return { activations: { input, hidden, output } satisfies Activations, jobs };
}

const CHUNK = 8192;

/** Adam with PyTorch's defaults and an EMA over all weights, in place. All are addresses of as many floats. */
export class AdamEma {
  readonly m: number;
  readonly v: number;
  #arena: KernelArena;
  #table: number;
  #units: number;
  #arguments: number;

  constructor(
    arena: KernelArena,
    layers: readonly DenseLayer[],
    place: { weights: number; gradients: number; ema: number },
  ) {
    const count = weightCount(layers);
    this.#arena = arena;
    this.m = arena.allocate(count);
    this.v = arena.allocate(count);
    const entries: number[] = [];
    for (let first = 0; first < count; first += CHUNK) {
      const addresses = [place.weights, place.gradients, this.m, this.v, place.ema];
      entries.push(...addresses.map((address) => address + first * 4), Math.min(CHUNK, count - first));
    }
    this.#units = Math.ceil(count / CHUNK);
    this.#table = arena.allocate(entries.length);
    this.#arguments = arena.allocate(10);
    arena.words(this.#table, entries);
  }

  /** Step `step`, counted from 1. */
  step(step: number, learningRate: number, emaDecay: number): void {
    const [beta1, beta2] = [0.9, 0.999];
    this.#arena.run('adamEma', this.#units, this.#arguments, [
      this.#table,
      real(beta1),
      real(1 - beta1),
      real(beta2),
      real(1 - beta2),
      real(learningRate / (1 - beta1 ** step)),
      real(1 / Math.sqrt(1 - beta2 ** step)),
      real(1e-8),
      real(emaDecay),
      real(1 - emaDecay),
    ]);
  }
}

function runAll(jobs: readonly Job[]): void {
  for (const job of jobs) job();
}
