import type * as tf from '@tensorflow/tfjs';
import type { AdapterTraits } from '../webgpu/adapterTraits';
import type { WebgpuKernelSet } from '../webgpu/kernelTypes';
import { smallTile } from '../webgpu/tile';
import { isAligned } from '../webgpu/vectorAccess';
import { attentionProgram, keyGradientProgram, queryGradientProgram } from './wgsl';

/** Attention on WebGPU: a workgroup for each block of queries; backward, another one for each block of keys. */
export const attentionKernels: WebgpuKernelSet<'DdpmAttention' | 'DdpmAttentionGradient'> = {
  DdpmAttention: (kernels, { qkv }) => {
    const { pictures, length, depth, values, variant, workgroups } = plan(qkv, kernels.traits);
    const y = kernels.output([pictures, length, depth]);
    const weights = kernels.output([pictures, length, length]);
    kernels.run(attentionProgram(variant), { qkv, y, weights }, values, workgroups);
    return [y, weights];
  },
  DdpmAttentionGradient: (kernels, { dy, qkv, weights }) => {
    const { values, variant, workgroups } = plan(qkv, kernels.traits);
    const gradient = kernels.output(qkv.shape);
    const scores = kernels.output(weights.shape);
    const whole = workgroups[0] === 1;
    const tensors = { dy, qkv, weights, scores, gradient };
    kernels.run(queryGradientProgram(variant, whole), tensors, values, workgroups);
    if (!whole) kernels.run(keyGradientProgram(variant), tensors, values, workgroups);
    kernels.dispose(scores);
    return [gradient];
  },
};

function plan(qkv: tf.TensorInfo, traits: AdapterTraits) {
  const [pictures, length, width] = qkv.shape as [number, number, number];
  const depth = width / 3;
  const tile = smallTile(traits);
  return {
    pictures,
    length,
    depth,
    variant: { tile, alignedDepth: isAligned(depth), alignedLength: isAligned(length) },
    values: { length, depth, scale: depth ** -0.5 },
    workgroups: [Math.ceil(length / tile.rows), pictures] as const,
  };
}
