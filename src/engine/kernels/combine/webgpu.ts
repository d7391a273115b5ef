import * as tf from '@tensorflow/tfjs';
import { elementTypeFor, elementwise, elementwiseWorkgroups } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** combine on WebGPU, element by element. */
export const combineKernels: WebgpuKernelSet<'DdpmCombine'> = {
  DdpmCombine: (kernels, { x, a, y, b }) => {
    const pictures = x.shape[0] as number;
    const scalars = tf.util.sizeFromShape(x.shape);
    const type = elementTypeFor(scalars / pictures);
    const size = type === 'f32' ? scalars : scalars / 4;
    const result = kernels.output(x.shape);
    const program = elementwise(
      'combine',
      type,
      { reads: ['x', 'y'], scalars: ['a', 'b'], writes: ['result'], whole: ['picture'] },
      'let n = i / u.picture; result[i] = a[n] * x[i] + b[n] * y[i];',
    );
    const values = { size, picture: size / pictures };
    kernels.run(program, { x, a, y, b, result }, values, elementwiseWorkgroups(size));
    return [result];
  },
};
