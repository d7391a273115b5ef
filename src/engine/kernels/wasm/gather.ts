import type * as tf from '@tensorflow/tfjs';
import { convolutionTaps, type Geometry, type Tap } from '../taps';
import type { WasmKernels } from './kernels';
import { roundUp } from './memory';

/** Columns of a packed panel, and bytes of scratch that the convolve job needs besides its tables. */
export const PANEL_COLUMNS = 8;
export const TILE_SCRATCH = 144;
const BLOCK = 64;

/** One run of the convolve job over a grid of output places. */
export interface Gather {
  input: tf.TensorInfo;
  output: tf.TensorInfo;
  /** The layer's matrix [size²·I + 1, O]. */
  kernel: tf.TensorInfo;
  /** Whether the input holds the layer's outputs (channels O) and the output its inputs (columns I). */
  transposed: boolean;
  taps: Tap[];
  inStep: number;
  outStep: number;
  outY: number;
  outX: number;
  bias: boolean;
  shift?: tf.TensorInfo | undefined;
  /** What is added: a tensor of the output's shape, the output itself too. */
  residual?: tf.TensorInfo | undefined;
}

/** Packs the matrix and runs the convolve job. */
export function gather(kernels: WasmKernels, run: Gather): void {
  const [images, height, width, channels] = run.input.shape as [number, number, number, number];
  const [, outHeight, outWidth, columns] = run.output.shape as [number, number, number, number];
  const { kernel, transposed, taps, inStep, outStep, outY, outX } = run;
  const outputs = kernel.shape[1] as number;
  const inputs = transposed ? columns : channels;
  const gridHeight = Math.ceil((outHeight - outY) / outStep);
  const gridWidth = Math.ceil((outWidth - outX) / outStep);
  if (gridHeight <= 0 || gridWidth <= 0) return;

  const panels = Math.ceil(columns / PANEL_COLUMNS);
  const panelBytes = panels * PANEL_COLUMNS * taps.length * channels * 4;
  const threadBytes = panels * PANEL_COLUMNS * 4 + TILE_SCRATCH + BLOCK * 4 + BLOCK * taps.length * 4;
  const packed = kernels.reserve(panelBytes, threadBytes);
  kernels.run(
    'packPanels',
    panels,
    [kernel, packed],
    [inputs, outputs, transposed ? 1 : 0, taps.length, ...taps.map(({ index }) => index)],
  );
  const bias = { tensor: kernel, bytes: ((kernel.shape[0] as number) - 1) * outputs * 4 };
  const zeros = kernels.zeros(roundUp(channels, 4) * 4);
  const pointers = [
    run.input,
    run.output,
    packed,
    run.bias ? bias : undefined,
    run.shift,
    run.residual,
    zeros,
  ];
  kernels.run('convolve', images * Math.ceil((gridHeight * gridWidth) / BLOCK), pointers, [
    height,
    width,
    channels,
    outHeight,
    outWidth,
    columns,
    gridHeight,
    gridWidth,
    outStep,
    outY,
    outX,
    inStep,
    taps.length,
    ...taps.flatMap(({ y, x }) => [y, x]),
  ]);
}

const ROWS_OF_A_UNIT = 16;
const RUN_BYTES = 12;
const RUN_BLOCK = 128;

/** Gradient [size²·I + 1, O] of a layer's matrix; `gathersDy` for a transposed convolution. */
export function kernelGradient(
  kernels: WasmKernels,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  geometry: Geometry,
  gathersDy: boolean,
): tf.TensorInfo {
  const inputs = x.shape[3] as number;
  const outputs = dy.shape[3] as number;
  const taps = convolutionTaps(geometry);
  const gradient = kernels.output([taps.length * inputs + 1, outputs]);
  const [grid, gathered] = gathersDy ? [x, dy] : [dy, x];
  kernels.reserve(0, RUN_BLOCK * RUN_BYTES);
  const units = taps.length * Math.ceil(inputs / ROWS_OF_A_UNIT) + 1;
  kernels.run(
    'kernelGradient',
    units,
    [x, dy, gradient],
    [
      x.shape[0] as number,
      inputs,
      outputs,
      gathersDy ? 1 : 0,
      grid.shape[1] as number,
      grid.shape[2] as number,
      gathered.shape[1] as number,
      gathered.shape[2] as number,
      geometry.stride,
      taps.length,
      ...taps.flatMap(({ y, x }) => [y, x]),
    ],
  );
  return gradient;
}
