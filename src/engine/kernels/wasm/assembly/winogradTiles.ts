import { spreadOutput, TILE_INPUTS, TILE_OUTPUTS, transformInput } from './winogradTransforms';

/** Bytes of scratch to transform a tile: pointers to its pixels, and the tile half transformed. */
export const TILE_TRANSFORM_SCRATCH: usize = 720;
const HALF_DONE: usize = 144;

/** Writes Bᵀ d B of a tile of 6×6 pixels, whose pointers lie at `scratch`, to planes `step` bytes apart. */
export function inputToPlanes(scratch: usize, channels: i32, target: usize, step: usize): void {
  const half = scratch + HALF_DONE;
  for (let offset: usize = 0; offset < <usize>channels * 4; offset += 16) {
    for (let x: usize = 0; x < 6; x++) {
      const column = scratch + x * 4;
      transformInput(
        v128.load(load<usize>(column) + offset),
        v128.load(load<usize>(column, 24) + offset),
        v128.load(load<usize>(column, 48) + offset),
        v128.load(load<usize>(column, 72) + offset),
        v128.load(load<usize>(column, 96) + offset),
        v128.load(load<usize>(column, 120) + offset),
        half + x * 16,
        96,
      );
    }
    for (let y: usize = 0; y < 6; y++) {
      const row = half + y * 96;
      transformInput(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        v128.load(row, 64),
        v128.load(row, 80),
        target + offset + y * 6 * step,
        step,
      );
    }
  }
}

/** Writes A y Aᵀ of a tile of 4×4 pixels, whose pointers lie at `scratch`, to planes `step` bytes apart. */
export function outputToPlanes(scratch: usize, channels: i32, target: usize, step: usize): void {
  const half = scratch + HALF_DONE;
  for (let offset: usize = 0; offset < <usize>channels * 4; offset += 16) {
    for (let x: usize = 0; x < 4; x++) {
      const column = scratch + x * 4;
      spreadOutput(
        v128.load(load<usize>(column) + offset),
        v128.load(load<usize>(column, 16) + offset),
        v128.load(load<usize>(column, 32) + offset),
        v128.load(load<usize>(column, 48) + offset),
        half + x * 16,
        64,
      );
    }
    for (let y: usize = 0; y < 6; y++) {
      const row = half + y * 64;
      spreadOutput(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        target + offset + y * 6 * step,
        step,
      );
    }
  }
}

/** Tiles of 4×4 pixels that cover so many rows or columns. */
// @ts-ignore: decorator
@inline
export function tilesAcross(pixels: i32): i32 {
  return (pixels + TILE_OUTPUTS - 1) / TILE_OUTPUTS;
}

/**
 * Writes pointers to the size × size pixels of a tile of `tensor` [N, height, width], beginning `margin` before the tile's
 * outputs; `outside` for those beyond the edge. Tiles count row by row, image by image.
 */
export function locateTile(
  tensor: usize,
  height: i32,
  width: i32,
  pixelBytes: i32,
  tile: i32,
  outputs: bool,
  outside: usize,
  pointers: usize,
): void {
  const columns = tilesAcross(width);
  const row = tile / columns;
  const rows = tilesAcross(height);
  const image = row / rows;
  const size = outputs ? TILE_OUTPUTS : TILE_INPUTS;
  const margin = outputs ? 0 : 1;
  const top = (row - image * rows) * TILE_OUTPUTS - margin;
  const left = (tile - row * columns) * TILE_OUTPUTS - margin;
  const start = tensor + image * height * width * pixelBytes;
  for (let y = top; y < top + size; y++) {
    for (let x = left; x < left + size; x++) {
      const inside = <u32>y < <u32>height && <u32>x < <u32>width;
      store<usize>(pointers, inside ? start + (y * width + x) * pixelBytes : outside);
      pointers += 4;
    }
  }
}
