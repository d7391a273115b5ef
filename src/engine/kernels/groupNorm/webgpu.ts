import type * as tf from '@tensorflow/tfjs';
import type { GroupNormAttributes } from '../contracts';
import type { AdapterTraits } from '../webgpu/adapterTraits';
import { channelLanes } from '../webgpu/channelLanes';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { dropoutThreshold, hash32 } from './dropoutMask';
import { groupNormGradientProgram, groupNormProgram } from './wgsl';

/** Channels of the groups that share a workgroup, at most, where one group has no more. */
const CHANNELS_OF_A_BLOCK = 16;

/** Group normalisation on WebGPU: a workgroup for some whole groups of one picture. */
export const groupNormKernels: WebgpuKernelSet<'DdpmGroupNorm' | 'DdpmGroupNormGradient'> = {
  DdpmGroupNorm: (kernels, { x, affine }, attributes) => {
    const { lanes, workgroups, values, groups } = plan(x, attributes, kernels.traits);
    const y = kernels.output(x.shape);
    const statistics = kernels.output([groups, 2]);
    const program = groupNormProgram(lanes, attributes.silu, attributes.dropoutRate > 0);
    kernels.run(program, { x, affine, y, statistics }, values, workgroups);
    return [y, statistics];
  },
  DdpmGroupNormGradient: (kernels, { dy, x, affine, statistics }, attributes) => {
    const { lanes, workgroups, values, pictures, channels } = plan(x, attributes, kernels.traits);
    const dx = kernels.output(x.shape);
    const dAffine = kernels.partials([2, channels], pictures);
    const program = groupNormGradientProgram(lanes, attributes.silu, attributes.dropoutRate > 0);
    const tensors = { dy, x, affine, statistics, dx, dAffine };
    kernels.run(program, tensors, values, workgroups);
    return [dx, dAffine];
  },
};

function plan(
  x: tf.TensorInfo,
  { groups, dropoutRate, dropoutSeed }: GroupNormAttributes,
  traits: AdapterTraits,
) {
  const [pictures, height, width, channels] = x.shape as [number, number, number, number];
  const perGroup = channels / groups;
  let together = Math.max(1, Math.floor(CHANNELS_OF_A_BLOCK / perGroup));
  while (groups % together) together--;
  const block = together * perGroup;
  return {
    pictures,
    channels,
    groups: pictures * groups,
    lanes: channelLanes(block, traits),
    workgroups: [channels / block, pictures] as const,
    values: {
      pixels: height * width,
      channels,
      perGroup,
      block,
      threshold: dropoutThreshold(dropoutRate),
      base: hash32(dropoutSeed),
      keptScale: 1 / (1 - dropoutRate),
    },
  };
}
