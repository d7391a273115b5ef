import { PANEL_COLUMNS, TILE_SCRATCH } from '../wasm/gather';
import { real, roundUp } from '../wasm/kernels';
import type { WasmKernelSet } from '../wasm/kernelTypes';

/** As in assembly/attentionGradient.ts. */
const RUN_SCRATCH = 16;

/** Attention on wasm, picture by picture. */
export const attentionKernels: WasmKernelSet<'DdpmAttention' | 'DdpmAttentionGradient'> = {
  DdpmAttention: (kernels, { qkv }) => {
    const [pictures, length, width] = qkv.shape as [number, number, number];
    const depth = width / 3;
    const y = kernels.output([pictures, length, depth]);
    const weights = kernels.output([pictures, length, length]);
    kernels.reserve(0, scratchBytes(length, depth));
    kernels.run('attention', pictures, [
      kernels.address(qkv),
      kernels.address(y),
      kernels.address(weights),
      length,
      depth,
      real(depth ** -0.5),
    ]);
    return [y, weights];
  },
  DdpmAttentionGradient: (kernels, { dy, qkv, weights }) => {
    const [pictures, length, width] = qkv.shape as [number, number, number];
    const depth = width / 3;
    const gradient = kernels.output(qkv.shape);
    kernels.reserve(0, scratchBytes(length, depth) + length * length * 4 + RUN_SCRATCH);
    kernels.run('attentionGradient', pictures, [
      kernels.address(dy),
      kernels.address(qkv),
      kernels.address(weights),
      kernels.address(gradient),
      length,
      depth,
      real(depth ** -0.5),
    ]);
    return [gradient];
  },
};

/** A tile, two rows of pointers, and the larger of the two packed matrices. */
function scratchBytes(length: number, depth: number): number {
  const packed = Math.max(roundUp(length, PANEL_COLUMNS) * depth, length * roundUp(depth, PANEL_COLUMNS));
  return TILE_SCRATCH + 2 * roundUp(length, 4) * 4 + packed * 4;
}
