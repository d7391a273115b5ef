import type * as tf from '@tensorflow/tfjs';
import type { GroupNormAttributes } from '../contracts';
import { now } from '../replay/live';
import { channelLanes } from '../webgpu/channelLanes';
import type { WebgpuKernels } from '../webgpu/kernels';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import type { UniformValues } from '../webgpu/uniforms';
import { dropoutThreshold, hash32 } from './dropoutMask';
import { groupNormGradientProgram, groupNormGradientSumProgram, groupNormProgram } from './wgsl';

/** Channels of the groups that share a workgroup, at most, where one group has no more. */
const CHANNELS_OF_A_BLOCK = 16;

/** Group normalisation on WebGPU: a workgroup for some whole groups of one image. */
export const groupNormKernels: WebgpuKernelSet<'DdpmGroupNorm' | 'DdpmGroupNormGradient'> = {
  DdpmGroupNorm: (kernels, { x, affine }, attributes) => {
    const plan = planOf(kernels, 'groupNorm', x, attributes, groupNormProgram);
    const y = kernels.output(x.shape);
    const statistics = kernels.output([plan.groups, 2]);
    kernels.run(plan, { x, affine, y, statistics }, dropoutOf(attributes));
    return [y, statistics];
  },
  DdpmGroupNormGradient: (kernels, { dy, x, affine, statistics }, attributes) => {
    const shares = () => kernels.partials([2, x.shape[3] as number], x.shape[0] as number);
    const writes = [kernels.output(x.shape), shares()];
    kernels.deferred.add({
      reads: [dy, x, affine, statistics],
      writes,
      run: ([dx, wanted], addend) => {
        const program = addend ? groupNormGradientSumProgram : groupNormGradientProgram;
        const plan = planOf(kernels, `groupNorm gradient ${addend !== undefined}`, x, attributes, program);
        const dAffine = wanted ?? shares();
        const tensors = { dy, x, affine, statistics, addend, dx: dx ?? kernels.output(x.shape), dAffine };
        kernels.run(plan, tensors, dropoutOf(attributes));
        if (!dx) kernels.dispose(tensors.dx);
        if (!wanted) kernels.dispose(dAffine);
      },
    });
    return writes;
  },
};

function planOf(
  kernels: WebgpuKernels,
  name: string,
  { shape }: tf.TensorInfo,
  { groups, silu, dropoutRate }: GroupNormAttributes,
  program: typeof groupNormProgram,
) {
  const dropout = dropoutRate > 0;
  return kernels.plan(`${name} ${shape} ${groups} ${silu} ${dropout}`, () => {
    const [images, height, width, channels] = shape as [number, number, number, number];
    const perGroup = channels / groups;
    let together = Math.max(1, Math.floor(CHANNELS_OF_A_BLOCK / perGroup));
    while (groups % together) together--;
    const block = together * perGroup;
    return {
      groups: images * groups,
      program: program(channelLanes(block, kernels.traits), silu, dropout),
      values: { pixels: height * width, channels, perGroup, block },
      workgroups: [channels / block, images] as const,
    };
  });
}

function dropoutOf({ dropoutRate, dropoutSeed }: GroupNormAttributes): (() => UniformValues) | undefined {
  if (dropoutRate === 0) return undefined;
  return () => ({
    threshold: dropoutThreshold(dropoutRate),
    base: hash32(now(dropoutSeed)),
    keptScale: 1 / (1 - dropoutRate),
  });
}
