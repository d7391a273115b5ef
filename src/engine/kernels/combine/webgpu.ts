import * as tf from '@tensorflow/tfjs';
import { elementsOf, elementwise } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** combine on WebGPU, element by element. */
export const combineKernels: WebgpuKernelSet<'DdpmCombine'> = {
  DdpmCombine: (kernels, { x, a, y, b }) => {
    const result = kernels.output(x.shape);
    const plan = kernels.plan(`combine ${x.shape}`, () => {
      const scalars = tf.util.sizeFromShape(x.shape);
      const image = scalars / (x.shape[0] as number);
      const elements = elementsOf(scalars, image);
      return elementwise(
        'combine',
        elements,
        { reads: ['x', 'y'], scalars: ['a', 'b'], writes: ['result'], whole: ['image'] },
        'let n = i / u.image; result[i] = a[n] * x[i] + b[n] * y[i];',
        { image: image / elements.unit },
      );
    });
    kernels.run(plan, { x, a, y, b, result });
    return [result];
  },
};
