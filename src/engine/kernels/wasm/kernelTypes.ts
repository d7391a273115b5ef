import type { KernelContracts, KernelSet } from '../contracts';
import type { WasmKernels } from './kernels';

/** Kernels of the contracts, by name, over the compiled module. */
export type WasmKernelSet<K extends keyof KernelContracts> = KernelSet<WasmKernels, K>;
