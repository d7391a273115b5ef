import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';

/** Loss and gradient in one pass on wasm; the pictures' shares are summed in their order. */
export const squaredErrorKernels: WasmKernelSet<'DdpmSquaredError'> = {
  DdpmSquaredError: (kernels, { prediction, target, weight }) => {
    const pictures = prediction.shape[0] as number;
    const size = prediction.shape.reduce((a, b) => a * b, 1);
    const loss = kernels.output([]);
    const gradient = kernels.output(prediction.shape);
    const shares = kernels.reserve(pictures * 8);
    kernels.run('squaredError', pictures, [
      kernels.address(prediction),
      kernels.address(target),
      kernels.address(weight),
      kernels.address(gradient),
      shares,
      size / pictures,
      real(1 / size),
    ]);
    kernels.run('sumShares', 1, [shares, pictures, kernels.address(loss)]);
    return [loss, gradient];
  },
};
