import { joinOf } from '../concatenate/join';
import { ROWS_OF_A_UNIT } from '../concatenate/wasm';
import { replaceKernel, stockKernel } from '../replaceKernel';
import type { WasmKernels } from './kernels';

/**
 * Puts our job in the place of the stock Concat for two float32 tensors: the stock one copies row by row in
 * JavaScript, and an image's channels are short rows.
 */
export function registerConcat(kernels: WasmKernels): void {
  const fallback = stockKernel('wasm', 'Concat');
  replaceKernel('wasm', 'Concat', (params) => {
    const join = joinOf(params);
    if (!join) return fallback(params);
    const { a, b, rows, sizes, shape } = join;
    const joined = kernels.output(shape);
    kernels.run('joinChannels', Math.ceil(rows / ROWS_OF_A_UNIT), [a, b, joined], [rows, ...sizes]);
    return joined;
  });
}
