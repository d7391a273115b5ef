import * as tf from '@tensorflow/tfjs';
import { elementsOf, elementwise } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** SiLU on WebGPU; the linear map itself is a 1×1 convolution. */
export const linearKernels: WebgpuKernelSet<'DdpmSilu' | 'DdpmSiluGradient'> = {
  DdpmSilu: (kernels, { x }) => {
    const y = kernels.output(x.shape);
    const plan = kernels.plan(`silu ${x.shape}`, () =>
      elementwise('silu', allOf(x), { reads: ['x'], writes: ['y'] }, 'y[i] = silu(x[i]);'),
    );
    kernels.run(plan, { x, y });
    return [y];
  },
  DdpmSiluGradient: (kernels, { dy, x }) => {
    const dx = kernels.output(x.shape);
    const body = 'dx[i] = dy[i] * siluDerivative(x[i]);';
    const plan = kernels.plan(`silu gradient ${x.shape}`, () =>
      elementwise('silu gradient', allOf(x), { reads: ['dy', 'x'], writes: ['dx'] }, body),
    );
    kernels.run(plan, { dy, x, dx });
    return [dx];
  },
};

const allOf = (x: tf.TensorInfo) => elementsOf(tf.util.sizeFromShape(x.shape));
