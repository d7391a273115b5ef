import type { KernelContracts, KernelSet } from '../contracts';
import type { WebgpuKernels } from './kernels';

/** Kernels of the contracts, by name, as compute programs. */
export type WebgpuKernelSet<K extends keyof KernelContracts> = KernelSet<WebgpuKernels, K>;
