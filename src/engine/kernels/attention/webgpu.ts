import type * as tf from '@tensorflow/tfjs';
import type { WebgpuKernels } from '../webgpu/kernels';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import type { Program } from '../webgpu/program';
import { smallTile } from '../webgpu/tile';
import { isAligned } from '../webgpu/vectorAccess';
import { type AttentionVariant, attentionProgram, keyGradientProgram, queryGradientProgram } from './wgsl';

/** Attention on WebGPU: a workgroup for each block of queries; backward, another one for each block of keys. */
export const attentionKernels: WebgpuKernelSet<'DdpmAttention' | 'DdpmAttentionGradient'> = {
  DdpmAttention: (kernels, { qkv }) => {
    const [images, length, width] = qkv.shape as [number, number, number];
    const y = kernels.output([images, length, width / 3]);
    const weights = kernels.output([images, length, length]);
    kernels.run(planOf(kernels, 'attention', qkv, attentionProgram), { qkv, y, weights });
    return [y, weights];
  },
  DdpmAttentionGradient: (kernels, { dy, qkv, weights }) => {
    const gradient = kernels.output(qkv.shape);
    const scores = kernels.output(weights.shape);
    const tensors = { dy, qkv, weights, scores, gradient };
    const ofQueries = planOf(kernels, 'attention query gradient', qkv, queryGradientProgram);
    kernels.run(ofQueries, tensors);
    if (!ofQueries.whole)
      kernels.run(planOf(kernels, 'attention key gradient', qkv, keyGradientProgram), tensors);
    kernels.dispose(scores);
    return [gradient];
  },
};

function planOf(
  kernels: WebgpuKernels,
  name: string,
  qkv: tf.TensorInfo,
  program: (variant: AttentionVariant, whole: boolean) => Program,
) {
  return kernels.plan(`${name} ${qkv.shape}`, () => {
    const [images, length, width] = qkv.shape as [number, number, number];
    const depth = width / 3;
    const tile = smallTile(kernels.traits);
    const blocks = Math.ceil(length / tile.rows);
    const whole = blocks === 1;
    return {
      /** One block holds the whole image. */
      whole,
      program: program({ tile, alignedDepth: isAligned(depth), alignedLength: isAligned(length) }, whole),
      values: { length, depth, scale: depth ** -0.5 },
      workgroups: [blocks, images] as const,
    };
  });
}
