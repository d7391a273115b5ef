import type * as tf from '@tensorflow/tfjs';
import { conv2dKernels } from '../conv2d/wasm';
import type { WasmKernels } from '../wasm/kernels';
import { replaceKernel } from '../wasm/replaceKernel';
import { oneByOne } from './oneByOne';

/** linears on wasm: a job for each kernel, and the tape sees one. */
export function registerLinears(kernels: WasmKernels): void {
  replaceKernel('DdpmLinears', ({ inputs }) =>
    kernels.attempt(() =>
      oneByOne(conv2dKernels, kernels, inputs as unknown as [tf.TensorInfo, ...tf.TensorInfo[]]),
    ),
  );
}
