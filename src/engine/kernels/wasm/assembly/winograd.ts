import { fillBase } from './convolve';
import { pointer, word } from './job';
import { multiplyRows, TILE_SCRATCH } from './rows';
import { NO_RESIDUAL } from './tile';
import { inputToPlanes, locateTile, TILE_TRANSFORM_SCRATCH, tilesAcross } from './winogradTiles';
import { PLANES, transformOutput } from './winogradTransforms';

/** Between planes, so that those of a tile do not fall on the same lines of the cache. */
export const PLANE_PADDING: i32 = 128;

/**
 * Job: a 3×3 convolution of stride 1 with zeros around, by Winograd's F(4×4, 3×3): 36 products of [tiles, channels] with
 * [channels, columns] in place of 144. Channels are whole fours and columns whole eights. Units are blocks of tiles.
 * Arguments: 0 input, 1 output, 2 planes of the kernel (packWinograd), 3 bias [columns], 4 shift [N, columns],
 * 5 residual (each of 3 … 5 may be 0), 6 zeros (as long as the channels), 7 height, 8 width, 9 channels, 10 columns,
 * 11 tiles of all images, 12 tiles of a block.
 */
export function winograd(job: usize, begin: i32, end: i32, scratch: usize): void {
  const height = word(job, 7);
  const width = word(job, 8);
  const channels = word(job, 9);
  const columns = word(job, 10);
  const tiles = word(job, 11);
  const block = word(job, 12);
  const inputStep = <usize>(block * channels * 4 + PLANE_PADDING);
  const outputStep = <usize>(block * columns * 4 + PLANE_PADDING);
  const transform = scratch + columns * 4;
  const edge = transform + TILE_TRANSFORM_SCRATCH;
  const rows = edge + TILE_SCRATCH;
  const inputs = rows + 2 * block * 4;
  const outputs = inputs + <usize>PLANES * inputStep;
  for (let unit = begin; unit < end; unit++) {
    const first = unit * block;
    const count = min(block, tiles - first);
    for (let i = 0; i < count; i++) {
      locateTile(pointer(job, 0), height, width, channels * 4, first + i, false, pointer(job, 6), transform);
      inputToPlanes(transform, channels, inputs + i * channels * 4, inputStep);
    }
    multiplyPlanes(job, count, rows, inputs, inputStep, outputs, outputStep, edge);
    let image = -1;
    for (let i = 0; i < count; i++) {
      const itsImage = (first + i) / (tilesAcross(height) * tilesAcross(width));
      if (itsImage != image) fillBase(job, itsImage, columns, columns, scratch);
      image = itsImage;
      locateTile(pointer(job, 1), height, width, columns * 4, first + i, true, 0, transform);
      writeTile(job, outputs + i * columns * 4, outputStep, scratch, transform);
    }
  }
}

/** In every plane, rows of inputs × the kernel's matrix. */
function multiplyPlanes(
  job: usize,
  count: i32,
  rows: usize,
  inputs: usize,
  inputStep: usize,
  outputs: usize,
  outputStep: usize,
  edge: usize,
): void {
  const channels = word(job, 9);
  const columns = word(job, 10);
  const block = word(job, 12);
  let matrix = pointer(job, 2);
  for (let plane = 0; plane < PLANES; plane++) {
    for (let i = 0; i < block; i++) {
      store<usize>(rows + i * 4, inputs + i * channels * 4);
      store<usize>(rows + (block + i) * 4, outputs + i * columns * 4);
    }
    multiplyRows(rows, 1, channels, matrix, columns, rows + block * 4, count, 0, NO_RESIDUAL, edge);
    inputs += inputStep;
    outputs += outputStep;
    matrix += channels * columns * 4 + PLANE_PADDING;
  }
}

/** Aᵀ M A of a tile, base and residual added, to those of its pixels that exist. */
function writeTile(job: usize, source: usize, step: usize, base: usize, transform: usize): void {
  const bytes = <usize>word(job, 10) * 4;
  const output = pointer(job, 1);
  const residual = pointer(job, 5);
  const distance = residual - output;
  const half = transform + 64;
  const done = half + 384;
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    for (let y: usize = 0; y < 6; y++) transformOutput(source + offset + y * 6 * step, step, half + y * 64, 16);
    const added = v128.load(base + offset);
    for (let x: usize = 0; x < 4; x++) {
      transformOutput(half + x * 16, 64, done, 16);
      for (let y: usize = 0; y < 4; y++) {
        const pixel = load<usize>(transform + (y * 4 + x) * 4);
        if (!pixel) continue;
        let value = f32x4.add(v128.load(done + y * 16), added);
        if (residual) value = f32x4.add(value, v128.load(pixel + distance + offset));
        v128.store(pixel + offset, value);
      }
    }
  }
}
