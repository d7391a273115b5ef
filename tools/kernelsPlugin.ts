import type { Plugin } from 'vite';
import { compileKernels } from './kernels.mjs';

/** Compiles the CPU kernels where they are missing or older than their sources, before the page is built or served. */
export function kernelsPlugin(): Plugin {
  return { name: 'ddpm-kernels', buildStart: () => compileKernels(console.log) };
}
