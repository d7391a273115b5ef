import type * as tf from '@tensorflow/tfjs';
import type { KernelContracts } from '../contracts';
import type { WebgpuKernels } from './kernels';

type Inputs<Names extends string> = {
  [N in Names as N extends `${string}?` ? never : N]: tf.TensorInfo;
} & { [N in Names as N extends `${infer Base}?` ? Base : never]?: tf.TensorInfo };

/** Kernels of the contracts, by name, as compute programs. */
export type WebgpuKernelSet<K extends keyof KernelContracts> = {
  [Name in K]: (
    kernels: WebgpuKernels,
    inputs: Inputs<KernelContracts[Name]['inputs']>,
    attributes: KernelContracts[Name]['attributes'],
  ) => tf.TensorInfo[];
};
