import * as tf from '@tensorflow/tfjs';
import { ROWS_OF_A_UNIT } from '../concatenate/wasm';
import type { WasmKernels } from './kernels';
import { replaceKernel } from './replaceKernel';

let stock: tf.KernelFunc | undefined;

/**
 * Puts our job in the place of the stock Concat for two float32 tensors: the stock one copies row by row in
 * JavaScript, and a picture's channels are short rows.
 */
export function registerConcat(kernels: WasmKernels): void {
  stock ??= tf.getKernel('Concat', 'wasm')?.kernelFunc;
  const fallback = stock;
  if (!fallback) throw new Error('The tfjs wasm backend has no Concat.');
  replaceKernel('Concat', (params) => {
    // A variadic kernel gets its inputs as an array.
    const tensors = params.inputs as unknown as tf.TensorInfo[];
    const [a, b] = tensors;
    if (tensors.length !== 2 || !a || !b || !isPlain(a) || !isPlain(b)) return fallback(params);
    const given = (params.attrs as { axis?: number } | undefined)?.axis ?? 0;
    const axis = given < 0 ? given + a.shape.length : given;
    const outer = a.shape.slice(0, axis);
    const rows = product(outer);
    const sizes = [product(a.shape.slice(axis)), product(b.shape.slice(axis))];
    const along = (a.shape[axis] as number) + (b.shape[axis] as number);
    const joined = kernels.output([...outer, along, ...a.shape.slice(axis + 1)]);
    const addresses = [kernels.address(a), kernels.address(b), kernels.address(joined)];
    kernels.run('joinChannels', Math.ceil(rows / ROWS_OF_A_UNIT), [...addresses, rows, ...sizes]);
    return joined;
  });
}

function isPlain({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === 'float32' && product(shape) > 0;
}

function product(numbers: number[]): number {
  return numbers.reduce((a, b) => a * b, 1);
}
