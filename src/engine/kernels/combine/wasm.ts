import type { WasmKernelSet } from '../wasm/kernelTypes';

/** combine on wasm, image by image. */
export const combineKernels: WasmKernelSet<'DdpmCombine'> = {
  DdpmCombine: (kernels, { x, a, y, b }) => {
    const images = x.shape[0] as number;
    const result = kernels.output(x.shape);
    const size = x.shape.slice(1).reduce((p, q) => p * q, 1);
    kernels.run('combine', images, [x, a, y, b, result], [size]);
    return [result];
  },
};
