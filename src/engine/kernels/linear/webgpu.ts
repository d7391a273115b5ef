import * as tf from '@tensorflow/tfjs';
import { elementTypeFor, elementwise, elementwiseWorkgroups } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** SiLU on WebGPU; the linear map itself is a 1×1 convolution. */
export const linearKernels: WebgpuKernelSet<'DdpmSilu' | 'DdpmSiluGradient'> = {
  DdpmSilu: (kernels, { x }) => {
    const { type, size } = sizeOf(x);
    const y = kernels.output(x.shape);
    const program = elementwise('silu', type, { reads: ['x'], writes: ['y'] }, 'y[i] = silu(x[i]);');
    kernels.run(program, { x, y }, { size }, elementwiseWorkgroups(size));
    return [y];
  },
  DdpmSiluGradient: (kernels, { dy, x }) => {
    const { type, size } = sizeOf(x);
    const dx = kernels.output(x.shape);
    const body = 'dx[i] = dy[i] * siluDerivative(x[i]);';
    const program = elementwise('silu gradient', type, { reads: ['dy', 'x'], writes: ['dx'] }, body);
    kernels.run(program, { dy, x, dx }, { size }, elementwiseWorkgroups(size));
    return [dx];
  },
};

function sizeOf(x: tf.TensorInfo) {
  const scalars = tf.util.sizeFromShape(x.shape);
  const type = elementTypeFor(scalars);
  return { type, size: type === 'f32' ? scalars : scalars / 4 };
}
