import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';

/** Shares and gradient in one pass on wasm. */
export const hybridErrorKernels: WasmKernelSet<'DdpmHybridError'> = {
  DdpmHybridError: (kernels, { prediction, target, image, factors }) => {
    const images = target.shape[0] as number;
    const channels = target.shape[3] as number;
    const size = target.shape.reduce((a, b) => a * b, 1);
    const shares = kernels.output([images]);
    const gradient = kernels.output(prediction.shape);
    const pointers = [prediction, target, image, factors, gradient, shares];
    kernels.run('hybridError', images, pointers, [size / images, channels, real(1 / size)]);
    return [shares, gradient];
  },
};
