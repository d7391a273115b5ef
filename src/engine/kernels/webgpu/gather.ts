import type * as tf from '@tensorflow/tfjs';
import type { Phase } from '../taps';
import { type GatherVariant, gatherProgram, MOST_PHASES, MOST_TAPS } from './gatherProgram';
import type { WebgpuKernels } from './kernels';
import { tileFor } from './tile';
import { isAligned } from './vectorAccess';

/** A product of gathered pixels and a layer's matrix: a convolution, or one that is transposed. */
export interface Gather {
  input: tf.TensorInfo;
  output: tf.TensorInfo;
  /** The layer's matrix [size²·I + 1, O]. */
  kernel: tf.TensorInfo;
  /** Whether the input holds the layer's outputs (channels O) and the output its inputs (columns I). */
  transposed: boolean;
  /** Output places outStep·q + (y, x) read the input at inStep·q + tap. */
  phases: Phase[];
  inStep: number;
  outStep: number;
  bias: boolean;
  shift?: tf.TensorInfo | undefined;
  residual?: tf.TensorInfo | undefined;
  /** A 1×1 convolution that is added; only where there is one phase. */
  shortcutX?: tf.TensorInfo | undefined;
  shortcutKernel?: tf.TensorInfo | undefined;
}

/** Runs the product as one dispatch. */
export function gather(kernels: WebgpuKernels, run: Gather): void {
  const { input, output, kernel, phases, inStep, outStep, shift, residual, shortcutX, shortcutKernel } = run;
  const [pictures, height, width, channels] = input.shape as [number, number, number, number];
  const [, outHeight, outWidth, columns] = output.shape as [number, number, number, number];
  const gridHeight = Math.ceil(outHeight / outStep);
  const gridWidth = Math.ceil(outWidth / outStep);
  const rows = pictures * gridHeight * gridWidth;
  const tile = tileFor(kernels.traits, rows, columns, phases.length);
  const shortcutChannels = shortcutX?.shape[3] ?? 0;
  const variant: GatherVariant = {
    tile,
    transposed: run.transposed,
    bias: run.bias,
    alignedChannels: isAligned(channels),
    alignedColumns: isAligned(columns),
    shift: shift !== undefined,
    residual: residual !== undefined,
    shortcut: shortcutX && (isAligned(shortcutChannels) ? 'aligned' : 'unaligned'),
  };
  const tensors = { input, kernel, output, shift, residual, shortcutX, shortcutKernel };
  kernels.run(
    gatherProgram(variant),
    Object.fromEntries(Object.entries(tensors).filter(([, tensor]) => tensor)) as Record<
      string,
      tf.TensorInfo
    >,
    {
      ...tablesOf(phases),
      rows,
      height,
      width,
      channels,
      outHeight,
      outWidth,
      columns,
      gridHeight,
      gridWidth,
      inStep,
      outStep,
      biasRow: (kernel.shape[0] as number) - 1,
      shortcutChannels,
    },
    [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns), phases.length],
  );
}

function tablesOf(phases: Phase[]) {
  const taps = phases.flatMap((phase) => phase.taps);
  if (phases.length > MOST_PHASES || taps.length > MOST_TAPS)
    throw new Error('Too many taps for one dispatch.');
  let end = 0;
  return {
    phases: phases.flatMap(({ y, x, taps: own }) => {
      end += own.length;
      return [y, x, end - own.length, end];
    }),
    taps: taps.flatMap(({ index, y, x }) => [y, x, index, 0]),
  };
}
