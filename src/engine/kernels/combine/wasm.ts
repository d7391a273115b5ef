import type { WasmKernelSet } from '../wasm/kernelTypes';

/** combine on wasm, picture by picture. */
export const combineKernels: WasmKernelSet<'DdpmCombine'> = {
  DdpmCombine: (kernels, { x, a, y, b }) => {
    const pictures = x.shape[0] as number;
    const result = kernels.output(x.shape);
    const size = x.shape.slice(1).reduce((p, q) => p * q, 1);
    const addresses = [x, a, y, b, result].map((tensor) => kernels.address(tensor));
    kernels.run('combine', pictures, [...addresses, size]);
    return [result];
  },
};
