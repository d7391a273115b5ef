import type * as tf from '@tensorflow/tfjs';
import type { KernelSet } from '../contracts';

/** Each product by the convolution of a backend, over one row of M pixels. */
export function oneByOne<Runner>(
  { DdpmConv2d }: KernelSet<Runner, 'DdpmConv2d'>,
  runner: Runner,
  [x, ...kernels]: readonly [tf.TensorInfo, ...tf.TensorInfo[]],
): tf.TensorInfo[] {
  const row = { ...x, shape: [1, 1, ...x.shape] };
  return kernels.map((kernel) => {
    const [y] = DdpmConv2d(runner, { x: row, kernel }, { size: 1, stride: 1 });
    return { ...(y as tf.TensorInfo), shape: [x.shape[0] as number, kernel.shape[1] as number] };
  });
}
