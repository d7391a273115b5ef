import * as tf from '@tensorflow/tfjs';

/** What tfjs itself had under the names, "wasm Concat", that were replaced. */
const replaced = new Map<string, tf.KernelFunc | undefined>();

/** Registers a kernel of a backend in the place of the one it has, if it has one. */
export function replaceKernel(backendName: string, kernelName: string, kernelFunc: tf.KernelFunc): void {
  const key = `${backendName} ${kernelName}`;
  const before = tf.getKernel(kernelName, backendName);
  if (!replaced.has(key)) replaced.set(key, before?.kernelFunc);
  if (before) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc });
}

/** The kernel that tfjs itself has under a name, also where ours has its place. Throws where it has none. */
export function stockKernel(backendName: string, kernelName: string): tf.KernelFunc {
  const key = `${backendName} ${kernelName}`;
  const stock = replaced.has(key) ? replaced.get(key) : tf.getKernel(kernelName, backendName)?.kernelFunc;
  if (!stock) throw new Error(`The ${backendName} backend of tfjs has no ${kernelName}.`);
  return stock;
}
