import * as tf from '@tensorflow/tfjs';
import { elementsOf, elementwise } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** combine on WebGPU, element by element. */
export const combineKernels: WebgpuKernelSet<'DdpmCombine'> = {
  DdpmCombine: (kernels, { x, a, y, b }) => {
    const result = kernels.output(x.shape);
    const plan = kernels.plan(`combine ${x.shape}`, () => {
      const scalars = tf.util.sizeFromShape(x.shape);
      const picture = scalars / (x.shape[0] as number);
      const elements = elementsOf(scalars, picture);
      return elementwise(
        'combine',
        elements,
        { reads: ['x', 'y'], scalars: ['a', 'b'], writes: ['result'], whole: ['picture'] },
        'let n = i / u.picture; result[i] = a[n] * x[i] + b[n] * y[i];',
        { picture: picture / elements.unit },
      );
    });
    kernels.run(plan, { x, a, y, b, result });
    return [result];
  },
};
