import type * as tf from '@tensorflow/tfjs';
import type { Geometry } from '../taps';
import { PANEL_COLUMNS, TILE_SCRATCH } from './gather';
import type { WasmKernels } from './kernels';

const TILE = 4;
const PLANES = 36;
const PLANE_PADDING = 128;
const TILE_TRANSFORM_SCRATCH = 720;
const KERNEL_TRANSFORM_SCRATCH = 288;
/** Tiles of a unit of work: many share what is read of the kernel, few stay in the cache. */
const BLOCK = 16;
/** Bytes of transformed tiles that a kernel's gradient holds at a time. */
const MOST_TILE_BYTES = 2 ** 20;

/** A 3×3 convolution of stride 1. */
export interface WinogradRun {
  input: tf.TensorInfo;
  output: tf.TensorInfo;
  /** The layer's matrix [9·I + 1, O]. */
  kernel: tf.TensorInfo;
  /** Whether the input holds the layer's outputs and the output its inputs: the input's gradient, without bias. */
  transposed: boolean;
  shift?: tf.TensorInfo | undefined;
  residual?: tf.TensorInfo | undefined;
}

/**
 * Whether F(4×4, 3×3) computes a layer, by its shapes alone: with 36 products a tile in place of 9 a pixel it must save
 * enough to pay for the transforms.
 */
export function usesWinograd(
  { size, stride }: Geometry,
  imageShape: readonly number[],
  inputs: number,
  outputs: number,
): boolean {
  const [, height, width] = imageShape as [number, number, number];
  if (size !== 3 || stride !== 1 || inputs % PANEL_COLUMNS || outputs % PANEL_COLUMNS) return false;
  const saved = (9 * height * width) / (PLANES * tilesOf(1, height, width));
  return saved > 1.5;
}

/** The convolution, or the gradient of its input. */
export function winograd(kernels: WasmKernels, { kernel, transposed, ...run }: WinogradRun): void {
  const [images, height, width, channels] = run.input.shape as [number, number, number, number];
  const columns = run.output.shape[3] as number;
  const outputs = kernel.shape[1] as number;
  const panelBytes = channels * PANEL_COLUMNS * 4;
  const packing = 9 * panelBytes + KERNEL_TRANSFORM_SCRATCH;
  const multiplying = columns * 4 + TILE_TRANSFORM_SCRATCH + TILE_SCRATCH + 2 * BLOCK * 4;
  const perThread = Math.max(packing, multiplying + planeBytes(BLOCK, channels) + planeBytes(BLOCK, columns));
  const packed = kernels.reserve(planeBytes(channels, columns), perThread);
  const inputs = transposed ? columns : channels;
  kernels.run(
    'packWinograd',
    columns / PANEL_COLUMNS,
    [kernel, packed],
    [inputs, outputs, transposed ? 1 : 0],
  );

  const tiles = tilesOf(images, height, width);
  const bias = { tensor: kernel, bytes: 9 * inputs * outputs * 4 };
  const zeros = kernels.zeros(channels * 4);
  kernels.run(
    'winograd',
    Math.ceil(tiles / BLOCK),
    [run.input, run.output, packed, transposed ? undefined : bias, run.shift, run.residual, zeros],
    [height, width, channels, columns, tiles, BLOCK],
  );
}

/** Gradient [9·I + 1, O] of a layer's matrix. */
export function winogradKernelGradient(
  kernels: WasmKernels,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
): tf.TensorInfo {
  const [images, height, width, inputs] = x.shape as [number, number, number, number];
  const outputs = dy.shape[3] as number;
  const gradient = kernels.output([9 * inputs + 1, outputs]);
  const tiles = tilesOf(images, height, width);
  const atATime = Math.min(tiles, Math.ceil(MOST_TILE_BYTES / (PLANES * (inputs + outputs) * 4)));
  const xBytes = planeBytes(atATime, inputs);
  const dyBytes = planeBytes(atATime, outputs);
  const { scratch } = kernels.reserve(xBytes + dyBytes + planeBytes(inputs, outputs), TILE_TRANSFORM_SCRATCH);
  const [xPlanes, dyPlanes] = [{ scratch }, { scratch: scratch + xBytes }];
  const sums = { scratch: scratch + xBytes + dyBytes };
  const zeros = kernels.zeros(Math.max(inputs, outputs) * 4);
  for (let first = 0; first < tiles; first += atATime) {
    const count = Math.min(atATime, tiles - first);
    const shapes = [height, width, inputs, outputs, first, count];
    kernels.run('winogradTiles', count, [x, dy, xPlanes, dyPlanes, zeros], shapes);
    const begin = first === 0 ? 1 : 0;
    kernels.run('winogradProducts', PLANES, [xPlanes, dyPlanes, sums], [inputs, outputs, count, begin]);
  }
  const pixels = images * height * width;
  kernels.run('winogradKernelGradient', inputs + 1, [sums, dy, gradient], [inputs, outputs, pixels]);
  return gradient;
}

function tilesOf(images: number, height: number, width: number): number {
  return images * Math.ceil(height / TILE) * Math.ceil(width / TILE);
}

/** Bytes of all planes of so many rows. */
function planeBytes(rows: number, columns: number): number {
  return PLANES * (rows * columns * 4 + PLANE_PADDING);
}
