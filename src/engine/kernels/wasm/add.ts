import * as tf from '@tensorflow/tfjs';
import { isPlain } from '../isPlain';
import { replaceKernel, stockKernel } from '../replaceKernel';
import type { WasmKernels } from './kernels';

const CHUNK = 8192;

/** Puts our job in the place of the stock Add for tensors of one shape: on all threads, and part of a replay. */
export function registerAdd(kernels: WasmKernels): void {
  const fallback = stockKernel('wasm', 'Add');
  replaceKernel('wasm', 'Add', (params) => {
    const { a, b } = params.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    if (!isPlain(a) || !isPlain(b) || !tf.util.arraysEqual(a.shape, b.shape)) return fallback(params);
    const sum = kernels.output(a.shape);
    const size = tf.util.sizeFromShape(a.shape);
    kernels.run('add', Math.ceil(size / CHUNK), [a, b, sum], [size]);
    return sum;
  });
}
