import type * as tf from '@tensorflow/tfjs';
import { convolutionTaps, type Geometry } from '../taps';
import { kernelGradientProgram } from './kernelGradientProgram';
import type { WebgpuKernels } from './kernels';
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
  const inputs = x.shape[3] as number;
  const outputs = dy.shape[3] as number;
  const [gathered, straight] = gathersDy ? [dy, x] : [x, dy];
  const [pictures, height, width, gatheredChannels] = gathered.shape as [number, number, number, number];
  const [, gridHeight, gridWidth, straightChannels] = straight.shape as [number, number, number, number];
  const taps = convolutionTaps(geometry);
  const pixels = pictures * gridHeight * gridWidth;
  // Each tap's channels are filled up to whole vectors.
  const rows = taps.length * Math.ceil(gatheredChannels / 4) * 4;
  const tile = tileForLongInner(kernels.traits, straightChannels);
  const wanted = Math.ceil(enoughWorkgroups(kernels.traits) / workgroupsOf(tile, rows, straightChannels));
  const parts = Math.max(1, Math.min(wanted, Math.floor(pixels / FEWEST_PIXELS)));
  const gradient = kernels.partials([taps.length * inputs + 1, outputs], parts);
  const program = kernelGradientProgram({
    tile,
    gathersDy,
    alignedGathered: isAligned(gatheredChannels),
    alignedStraight: isAligned(straightChannels),
  });
  kernels.run(
    program,
    { gathered, straight, gradient },
    {
      taps: taps.flatMap(({ y, x: column }) => [y, column, 0, 0]),
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
    [Math.ceil(rows / tile.rows) + 1, Math.ceil(straightChannels / tile.columns), parts],
  );
  return gradient;
}
