import { PANEL_COLUMNS, TILE_SCRATCH } from '../wasm/gather';
import { real } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';
import { roundUp } from '../wasm/memory';

/** As in assembly/attentionGradient.ts. */
const RUN_SCRATCH = 16;

/** Attention on wasm, image by image. */
export const attentionKernels: WasmKernelSet<'DdpmAttention' | 'DdpmAttentionGradient'> = {
  DdpmAttention: (kernels, { qkv }) => {
    const [images, length, width] = qkv.shape as [number, number, number];
    const depth = width / 3;
    const y = kernels.output([images, length, depth]);
    const weights = kernels.output([images, length, length]);
    kernels.reserve(0, scratchBytes(length, depth));
    kernels.run('attention', images, [qkv, y, weights], [length, depth, real(depth ** -0.5)]);
    return [y, weights];
  },
  DdpmAttentionGradient: (kernels, { dy, qkv, weights }) => {
    const [images, length, width] = qkv.shape as [number, number, number];
    const depth = width / 3;
    const gradient = kernels.output(qkv.shape);
    kernels.reserve(0, scratchBytes(length, depth) + length * length * 4 + RUN_SCRATCH);
    const pointers = [dy, qkv, weights, gradient];
    kernels.run('attentionGradient', images, pointers, [length, depth, real(depth ** -0.5)]);
    return [gradient];
  },
};

/** A tile, two rows of pointers, and the larger of the two packed matrices. */
function scratchBytes(length: number, depth: number): number {
  const packed = Math.max(roundUp(length, PANEL_COLUMNS) * depth, length * roundUp(depth, PANEL_COLUMNS));
  return TILE_SCRATCH + 2 * roundUp(length, 4) * 4 + packed * 4;
}
