import type { Random } from '../../training/random';
import type { Job, KernelArena } from './kernelArena';

/** A fully connected layer: a matrix [inputs + 1, outputs] whose last row is the bias, `offset` floats into the weights. */
export interface DenseLayer {
  inputs: number;
  outputs: number;
  offset: number;
}

/** The layers between these widths. */
export function denseLayers(widths: readonly number[]): DenseLayer[] {
  let offset = 0;
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i] as number;
    const layer = { inputs, outputs, offset };
    offset += (inputs + 1) * outputs;
    return layer;
  });
}

/** Weights and biases of all layers together. */
export function weightCount(layers: readonly DenseLayer[]): number {
  return layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/** Random weights, N(0, 1/inputs); biases and the last layer are 0, so that a new network predicts no noise. */
export function initialWeights(layers: readonly DenseLayer[], random: Random): Float32Array {
  const weights = new Float32Array(weightCount(layers));
  for (const { inputs, outputs, offset } of layers.slice(0, -1)) {
    const deviation = Math.sqrt(1 / inputs);
    weights.set(
      random.normal(inputs * outputs).map((value) => value * deviation),
      offset,
    );
  }
  return weights;
}

const PANEL_COLUMNS = 8;
const ROWS_OF_A_BLOCK = 64;
const ROWS_OF_A_GRADIENT = 16;
const ELEMENTS_OF_A_CHUNK = 8192;

/** y = xW + b, or with `transposed` dx = dy Wᵀ, for `rows` rows: two jobs, since weights are packed anew each time. */
export function denseJobs(
  arena: KernelArena,
  { inputs, outputs, offset }: DenseLayer,
  place: { weights: number; rows: number; from: number; to: number; transposed?: boolean },
): Job[] {
  const { weights, rows, from, to, transposed = false } = place;
  const matrix = weights + offset * 4;
  const [channels, columns] = transposed ? [outputs, inputs] : [inputs, outputs];
  const panels = Math.ceil(columns / PANEL_COLUMNS);
  const packed = arena.allocate(panels * PANEL_COLUMNS * channels);
  const zeros = arena.allocate(channels + 4);
  const bias = transposed ? 0 : matrix + inputs * outputs * 4;
  // The rows are the pixels of one image, one pixel high.
  return [
    arena.job('packPanels', panels, [matrix, packed, inputs, outputs, transposed ? 1 : 0, 1, 0]),
    arena.job('convolve', Math.ceil(rows / ROWS_OF_A_BLOCK), [
      ...[from, to, packed, bias, 0, 0, zeros],
      ...[1, rows, channels, 1, rows, columns, 1, rows],
      ...[1, 0, 0, 1, 1, 0, 0],
    ]),
  ];
}

/** dW = xᵀ dy and db = Σ dy, as one matrix like that of the layer. */
export function denseGradientJob(
  arena: KernelArena,
  { inputs, outputs, offset }: DenseLayer,
  { x, dy, gradients, rows }: { x: number; dy: number; gradients: number; rows: number },
): Job {
  return arena.job('kernelGradient', Math.ceil(inputs / ROWS_OF_A_GRADIENT) + 1, [
    ...[x, dy, gradients + offset * 4, 1, inputs, outputs, 0],
    ...[1, rows, 1, rows, 1, 1, 0, 0],
  ]);
}

/** y = x·sigmoid(x). */
export function siluJob(arena: KernelArena, x: number, y: number, size: number): Job {
  return arena.job('silu', Math.ceil(size / ELEMENTS_OF_A_CHUNK), [x, y, size]);
}

/** dx = dy · silu′(x). */
export function siluGradientJob(arena: KernelArena, dy: number, x: number, dx: number, size: number): Job {
  return arena.job('siluGradient', Math.ceil(size / ELEMENTS_OF_A_CHUNK), [dy, x, dx, size]);
}
