import * as tf from '@tensorflow/tfjs';
import { isPlain } from '../isPlain';
import { replaceKernel, stockKernel } from '../replaceKernel';
import { elementsOf, elementwise } from './elementwise';
import type { WebgpuKernels } from './kernels';

/**
 * Puts ours in the place of the stock Add for tensors of one shape: as part of the gradient kernel that computes one of
 * them, if that waits. What is small and on the CPU stays there, as with the stock kernel.
 */
export function registerAdd(kernels: WebgpuKernels): void {
  const fallback = stockKernel('webgpu', 'Add');
  replaceKernel('webgpu', 'Add', (params) => {
    const { a, b } = params.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    if (!isPlain(a) || !isPlain(b) || !tf.util.arraysEqual(a.shape, b.shape)) return fallback(params);
    const sum = kernels.output(a.shape);
    if (kernels.deferred.sum(a, b, sum)) return sum;
    if (kernels.backend.shouldExecuteOnCPU([a, b])) {
      kernels.dispose(sum);
      return fallback(params);
    }
    const plan = kernels.plan(`add ${a.shape}`, () =>
      elementwise(
        'add',
        elementsOf(tf.util.sizeFromShape(a.shape)),
        { reads: ['a', 'b'], writes: ['sum'] },
        'sum[i] = a[i] + b[i];',
      ),
    );
    kernels.run(plan, { a, b, sum });
    return sum;
  });
}
