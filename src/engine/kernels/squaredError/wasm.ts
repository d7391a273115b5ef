import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';

/** Shares and gradient in one pass on wasm. */
export const squaredErrorKernels: WasmKernelSet<'DdpmSquaredError'> = {
  DdpmSquaredError: (kernels, { prediction, target, weight }) => {
    const pictures = prediction.shape[0] as number;
    const size = prediction.shape.reduce((a, b) => a * b, 1);
    const shares = kernels.output([pictures]);
    const gradient = kernels.output(prediction.shape);
    const doubles = kernels.reserve(pictures * 8);
    kernels.run('squaredError', pictures, [
      kernels.address(prediction),
      kernels.address(target),
      kernels.address(weight),
      kernels.address(gradient),
      doubles,
      size / pictures,
      real(1 / size),
    ]);
    // Each of them from float64 to float32: a sum of one.
    for (let n = 0; n < pictures; n++) {
      kernels.run('sumShares', 1, [doubles + 8 * n, 1, kernels.address(shares) + 4 * n]);
    }
    return [shares, gradient];
  },
};
