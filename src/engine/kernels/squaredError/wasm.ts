import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';

/** Shares and gradient in one pass on wasm. */
export const squaredErrorKernels: WasmKernelSet<'DdpmSquaredError'> = {
  DdpmSquaredError: (kernels, { prediction, target, weight }) => {
    const images = prediction.shape[0] as number;
    const size = prediction.shape.reduce((a, b) => a * b, 1);
    const shares = kernels.output([images]);
    const gradient = kernels.output(prediction.shape);
    const pointers = [prediction, target, weight, gradient, shares];
    kernels.run('squaredError', images, pointers, [size / images, real(1 / size)]);
    return [shares, gradient];
  },
};
