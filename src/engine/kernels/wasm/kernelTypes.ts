import type * as tf from '@tensorflow/tfjs';
import type { KernelContracts } from '../contracts';
import type { WasmKernels } from './kernels';

type Inputs<Names extends string> = {
  [N in Names as N extends `${string}?` ? never : N]: tf.TensorInfo;
} & { [N in Names as N extends `${infer Base}?` ? Base : never]?: tf.TensorInfo };

/** Kernels of the contracts, by name, over the compiled module. */
export type WasmKernelSet<K extends keyof KernelContracts> = {
  [Name in K]: (
    kernels: WasmKernels,
    inputs: Inputs<KernelContracts[Name]['inputs']>,
    attributes: KernelContracts[Name]['attributes'],
  ) => tf.TensorInfo[];
};
