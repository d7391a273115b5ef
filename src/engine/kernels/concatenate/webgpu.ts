import { elementTypeFor, elementwise, elementwiseWorkgroups } from '../webgpu/elementwise';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';

/** The gradient of concatenate on WebGPU: both halves in one pass. */
export const concatenateKernels: WebgpuKernelSet<'DdpmSplitChannels'> = {
  DdpmSplitChannels: (kernels, { dy }, { split }) => {
    const outer = dy.shape.slice(0, -1);
    const channels = dy.shape.at(-1) as number;
    const da = kernels.output([...outer, split]);
    const db = kernels.output([...outer, channels - split]);
    const type = channels % 4 === 0 ? elementTypeFor(split) : 'f32';
    const unit = type === 'f32' ? 1 : 4;
    const size = (outer.reduce((a, b) => a * b, 1) * channels) / unit;
    const program = elementwise(
      'split channels',
      type,
      { reads: ['dy'], writes: ['da', 'db'], whole: ['channels', 'split'] },
      `let row = i / u.channels;
       let channel = i - row * u.channels;
       if (channel < u.split) { da[row * u.split + channel] = dy[i]; }
       else { db[row * (u.channels - u.split) + channel - u.split] = dy[i]; }`,
    );
    const values = { size, channels: channels / unit, split: split / unit };
    kernels.run(program, { dy, da, db }, values, elementwiseWorkgroups(size));
    return [da, db];
  },
};
