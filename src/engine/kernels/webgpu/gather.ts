import type * as tf from '@tensorflow/tfjs';
import { convolutionTaps, type Geometry, type Phase, transposedPhases } from '../taps';
import { gatherProgram, MOST_PHASES, MOST_TAPS } from './gatherProgram';
import type { WebgpuKernels } from './kernels';
import type { Plan } from './plan';
import { tileFor } from './tile';
import { isAligned } from './vectorAccess';

/** A product of gathered pixels and a layer's matrix: a convolution, or one that is transposed. */
export interface Gather {
  input: tf.TensorInfo;
  output: tf.TensorInfo;
  /** The layer's matrix [size²·I + 1, O]. */
  kernel: tf.TensorInfo;
  geometry: Geometry;
  /** Whether the output is the larger side of a stride, as with a transposed convolution. */
  upward: boolean;
  /** Whether the input holds the layer's outputs (channels O) and the output its inputs (columns I): a gradient. */
  transposed: boolean;
  shift?: tf.TensorInfo | undefined;
  residual?: tf.TensorInfo | undefined;
  /** A 1×1 convolution that is added, where there is one phase. */
  shortcutX?: tf.TensorInfo | undefined;
  shortcutKernel?: tf.TensorInfo | undefined;
}

/** Runs the product as one dispatch, with the bias if it is no gradient. */
export function gather(kernels: WebgpuKernels, run: Gather): void {
  const { input, output, kernel, geometry, upward, transposed, shift, residual, shortcutX, shortcutKernel } =
    run;
  const shortcut = shortcutX?.shape[3];
  const extras = `${upward} ${transposed} ${shift !== undefined} ${residual !== undefined} ${shortcut}`;
  const key = `gather ${input.shape} ${output.shape} ${geometry.size} ${geometry.stride} ${extras}`;
  const plan = kernels.plan(key, () => planOf(kernels, run));
  kernels.run(plan, { input, output, kernel, shift, residual, shortcutX, shortcutKernel });
}

/** The gradient [dx] of a layer's input, when somebody wants it. */
export function inputGradient(
  kernels: WebgpuKernels,
  run: Pick<Gather, 'input' | 'kernel' | 'geometry' | 'upward'>,
  shape: number[],
): tf.TensorInfo {
  const dx = kernels.output(shape);
  kernels.deferred.add({
    reads: [run.input, run.kernel],
    writes: [dx],
    // The output's shape is that of dx, whatever the shape under which it goes into a sum.
    run: ([output = dx], residual) =>
      gather(kernels, { ...run, output: { ...output, shape }, transposed: true, residual }),
  });
  return dx;
}

function planOf(kernels: WebgpuKernels, run: Gather): Plan {
  const { input, output, kernel, geometry, upward, transposed, shift, residual, shortcutX } = run;
  const [images, height, width, channels] = input.shape as [number, number, number, number];
  const [, outHeight, outWidth, columns] = output.shape as [number, number, number, number];
  // Output places outStep·q + (y, x) read the input at inStep·q + tap.
  const phases = upward ? transposedPhases(geometry) : [{ y: 0, x: 0, taps: convolutionTaps(geometry) }];
  const outStep = upward ? geometry.stride : 1;
  const inStep = upward ? 1 : geometry.stride;
  const gridHeight = Math.ceil(outHeight / outStep);
  const gridWidth = Math.ceil(outWidth / outStep);
  const rows = images * gridHeight * gridWidth;
  const tile = tileFor(kernels.traits, rows, columns, phases.length);
  const shortcutChannels = shortcutX?.shape[3] ?? 0;
  return {
    program: gatherProgram({
      tile,
      transposed,
      bias: !transposed,
      alignedChannels: isAligned(channels),
      alignedColumns: isAligned(columns),
      shift: shift !== undefined,
      residual: residual !== undefined,
      shortcut: shortcutX && (isAligned(shortcutChannels) ? 'aligned' : 'unaligned'),
    }),
    values: {
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
    workgroups: [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns), phases.length],
  };
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
