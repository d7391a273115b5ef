import * as tf from '@tensorflow/tfjs';

const replaced = new Map<string, tf.KernelFunc>();

/** Registers a kernel of the WebGPU backend in the place of the one it has, if it has one. */
export function replaceKernel(kernelName: string, kernelFunc: tf.KernelFunc): void {
  const before = tf.getKernel(kernelName, 'webgpu');
  if (before) {
    if (!replaced.has(kernelName)) replaced.set(kernelName, before.kernelFunc);
    tf.unregisterKernel(kernelName, 'webgpu');
  }
  tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
}

/** The kernel that tfjs itself has under a name, also where ours has its place. */
export function stockKernel(kernelName: string): tf.KernelFunc {
  const stock = replaced.get(kernelName) ?? tf.getKernel(kernelName, 'webgpu')?.kernelFunc;
  if (!stock) throw new Error(`The tfjs WebGPU backend has no ${kernelName}.`);
  return stock;
}
