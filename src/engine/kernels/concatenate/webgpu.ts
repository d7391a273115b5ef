import * as tf from '@tensorflow/tfjs';
import { elementsOf, elementwise } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** The gradient of concatenate on WebGPU: both halves in one pass. */
export const concatenateKernels: WebgpuKernelSet<'DdpmSplitChannels'> = {
  DdpmSplitChannels: (kernels, { dy }, { split }) => {
    const outer = dy.shape.slice(0, -1);
    const channels = dy.shape.at(-1) as number;
    const da = kernels.output([...outer, split]);
    const db = kernels.output([...outer, channels - split]);
    const plan = kernels.plan(`split channels ${dy.shape} ${split}`, () => {
      // Vectors where both halves have whole ones.
      const elements = elementsOf(tf.util.sizeFromShape(dy.shape), split % 4 === 0 ? channels : split);
      return elementwise(
        'split channels',
        elements,
        { reads: ['dy'], writes: ['da', 'db'], whole: ['channels', 'split'] },
        `let row = i / u.channels;
         let channel = i - row * u.channels;
         if (channel < u.split) { da[row * u.split + channel] = dy[i]; }
         else { db[row * (u.channels - u.split) + channel - u.split] = dy[i]; }`,
        { channels: channels / elements.unit, split: split / elements.unit },
      );
    });
    kernels.run(plan, { dy, da, db });
    return [da, db];
  },
};
