import type { WasmKernelSet } from '../wasm/kernelTypes';

export const ROWS_OF_A_UNIT = 256;

/** The gradient of concatenate on wasm: both halves in one pass. */
export const concatenateKernels: WasmKernelSet<'DdpmSplitChannels'> = {
  DdpmSplitChannels: (kernels, { dy }, { split }) => {
    const outer = dy.shape.slice(0, -1);
    const rows = outer.reduce((a, b) => a * b, 1);
    const rest = (dy.shape.at(-1) as number) - split;
    const da = kernels.output([...outer, split]);
    const db = kernels.output([...outer, rest]);
    kernels.run('splitChannels', Math.ceil(rows / ROWS_OF_A_UNIT), [da, db, dy], [rows, split, rest]);
    return [da, db];
  },
};
