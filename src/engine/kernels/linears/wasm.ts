import type * as tf from '@tensorflow/tfjs';
import { conv2dKernels } from '../conv2d/wasm';
import { replaceKernel } from '../replaceKernel';
import type { WasmKernels } from '../wasm/kernels';
import { oneByOne } from './oneByOne';

/** linears on wasm: a job for each kernel, and the tape sees one. */
export function registerLinears(kernels: WasmKernels): void {
  replaceKernel('wasm', 'DdpmLinears', ({ inputs }) =>
    kernels.attempt(() =>
      oneByOne(conv2dKernels, kernels, inputs as unknown as [tf.TensorInfo, ...tf.TensorInfo[]]),
    ),
  );
}
