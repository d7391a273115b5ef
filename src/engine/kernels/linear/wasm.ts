import type { WasmKernelSet } from '../wasm/kernelTypes';

const CHUNK = 8192;

/** SiLU on wasm; the linear map itself is a 1×1 convolution. */
export const linearKernels: WasmKernelSet<'DdpmSilu' | 'DdpmSiluGradient'> = {
  DdpmSilu: (kernels, { x }) => {
    const size = x.shape.reduce((a, b) => a * b, 1);
    const y = kernels.output(x.shape);
    kernels.run('silu', Math.ceil(size / CHUNK), [x, y], [size]);
    return [y];
  },
  DdpmSiluGradient: (kernels, { dy, x }) => {
    const size = x.shape.reduce((a, b) => a * b, 1);
    const dx = kernels.output(x.shape);
    kernels.run('siluGradient', Math.ceil(size / CHUNK), [dy, x, dx], [size]);
    return [dx];
  },
};
