import * as tf from '@tensorflow/tfjs';
import { registerAdamEma } from '../adamEma/adamEma';
import { adamEmaOnWebgpu } from '../adamEma/webgpu';
import { attentionKernels } from '../attention/webgpu';
import { combineKernels } from '../combine/webgpu';
import { concatenateKernels } from '../concatenate/webgpu';
import type { KernelContracts } from '../contracts';
import { conv2dKernels } from '../conv2d/webgpu';
import { convTranspose2dKernels } from '../convTranspose2d/webgpu';
import { groupNormKernels } from '../groupNorm/webgpu';
import { hybridErrorKernels } from '../hybridError/webgpu';
import { linearKernels } from '../linear/webgpu';
import { registerLinears } from '../linears/webgpu';
import { replaceKernel } from '../replaceKernel';
import { registerRecorder } from '../replay/recorder';
import { squaredErrorKernels } from '../squaredError/webgpu';
import { type AdapterTraits, traitsOf } from './adapterTraits';
import { registerAdd } from './add';
import type { TfjsWebgpuBackend } from './backend';
import { registerConcat } from './concat';
import { WebgpuKernels } from './kernels';
import type { WebgpuKernelSet } from './kernelTypes';
import { WebgpuRecorder } from './recorder';

const kernelSet: WebgpuKernelSet<keyof KernelContracts> = {
  ...attentionKernels,
  ...combineKernels,
  ...concatenateKernels,
  ...conv2dKernels,
  ...convTranspose2dKernels,
  ...groupNormKernels,
  ...hybridErrorKernels,
  ...linearKernels,
  ...squaredErrorKernels,
};

/** One for each backend that was current at a registration: a lost device is followed by a new backend. */
const kernelsOf = new WeakMap<object, WebgpuKernels>();

/**
 * Registers the fused kernels and adamEma with tfjs's WebGPU backend, which must be the current one and ready. Where
 * that is done already it does no more than take other `traits`, which by default are those of the adapter. Returns
 * what runs them.
 */
export function registerWebgpuKernels({ traits }: { traits?: AdapterTraits } = {}): WebgpuKernels {
  const backend = tf.backend() as unknown as TfjsWebgpuBackend;
  const known = kernelsOf.get(backend);
  if (known) {
    known.traits = traits ?? traitsOf(backend.device);
    return known;
  }
  const kernels = new WebgpuKernels(backend, traits ?? traitsOf(backend.device));
  kernelsOf.set(backend, kernels);
  for (const [name, kernel] of Object.entries(kernelSet)) {
    // The names pair inputs and attributes with their kernel; together their types would be an intersection.
    const run = kernel as (kernels: WebgpuKernels, inputs: object, attributes: object) => tf.TensorInfo[];
    replaceKernel('webgpu', name, ({ inputs, attrs }) => run(kernels, inputs, attrs ?? {}));
  }
  registerAdd(kernels);
  registerConcat(kernels);
  registerLinears(kernels);
  registerAdamEma('webgpu', adamEmaOnWebgpu(kernels));
  registerRecorder('webgpu', new WebgpuRecorder(kernels));
  return kernels;
}
