import type * as tf from '@tensorflow/tfjs';
import { convolutionTaps, type Geometry } from '../taps';
import { kernelGradientProgram } from './kernelGradientProgram';
import type { WebgpuKernels } from './kernels';
import type { Plan } from './plan';
import { enoughWorkgroups, tileForLongInner, workgroupsOf } from './tile';
import { isAligned } from './vectorAccess';

/** Pixels that a part must have to be worth a workgroup of its own. */
const FEWEST_PIXELS = 64;

/** Gradient [size²·I + 1, O] of a layer's matrix; `gathersDy` for a transposed convolution. */
export function kernelGradient(
  kernels: WebgpuKernels,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  geometry: Geometry,
  gathersDy: boolean,
): tf.TensorInfo {
  const [gathered, straight] = gathersDy ? [dy, x] : [x, dy];
  const key = `kernel gradient ${x.shape} ${dy.shape} ${geometry.size} ${geometry.stride} ${gathersDy}`;
  const plan = kernels.plan(key, () => planOf(kernels, gathered, straight, geometry, gathersDy));
  const rows = geometry.size * geometry.size * (x.shape[3] as number);
  const gradient = kernels.partials([rows + 1, dy.shape[3] as number], plan.parts);
  kernels.run(plan, { gathered, straight, gradient });
  return gradient;
}

function planOf(
  { traits }: WebgpuKernels,
  gathered: tf.TensorInfo,
  straight: tf.TensorInfo,
  geometry: Geometry,
  gathersDy: boolean,
): Plan & { parts: number } {
  const [images, height, width, gatheredChannels] = gathered.shape as [number, number, number, number];
  const [, gridHeight, gridWidth, straightChannels] = straight.shape as [number, number, number, number];
  const taps = convolutionTaps(geometry);
  const pixels = images * gridHeight * gridWidth;
  // Each tap's channels are filled up to whole vectors.
  const rows = taps.length * Math.ceil(gatheredChannels / 4) * 4;
  const tile = tileForLongInner(traits, straightChannels);
  const wanted = Math.ceil(enoughWorkgroups(traits) / workgroupsOf(tile, rows, straightChannels));
  const parts = Math.max(1, Math.min(wanted, Math.floor(pixels / FEWEST_PIXELS)));
  return {
    parts,
    program: kernelGradientProgram({
      tile,
      gathersDy,
      alignedGathered: isAligned(gatheredChannels),
      alignedStraight: isAligned(straightChannels),
    }),
    values: {
      taps: taps.flatMap(({ y, x }) => [y, x, 0, 0]),
      rows,
      tapCount: taps.length,
      height,
      width,
      gatheredChannels,
      gridHeight,
      gridWidth,
      straightChannels,
      pixels,
      pixelsOfPart: Math.ceil(pixels / parts),
      step: geometry.stride,
    },
    // The last row of workgroups sums dy for the bias.
    workgroups: [Math.ceil(rows / tile.rows) + 1, Math.ceil(straightChannels / tile.columns), parts],
  };
}
