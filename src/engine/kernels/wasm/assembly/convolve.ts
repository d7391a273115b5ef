import { pointer, roundUp, word } from './job';
import { multiplyRows, TILE_SCRATCH } from './rows';
import { NO_RESIDUAL, TILE_COLUMNS } from './tile';

/** Pixels of one unit of work. */
const BLOCK: i32 = 64;
/** First of the taps' (y, x) offsets among the arguments. */
const OFFSETS: i32 = 20;

/**
 * Job: a gathering convolution. Pixel q of a grid takes, from input pixel inStep·q + offset of every tap (zeros beyond
 * the edge), `channels` floats times the tap's rows of the packed matrix, and writes output pixel
 * outStep·q + outOffset; so it serves convolutions, transposed ones and both their input gradients. Units are blocks
 * of 64 pixels of one image. Arguments: 0 input, 1 output, 2 panels, 3 bias [columns], 4 shift [N, columns],
 * 5 residual (each of 3 … 5 may be 0), 6 zeros (as long as the channels), 7 input height, 8 width, 9 channels,
 * 10 output height, 11 width, 12 columns, 13 grid height, 14 width, 15 outStep, 16 outOffset y, 17 x, 18 inStep,
 * 19 taps, then (y, x) of each tap.
 */
export function convolve(job: usize, begin: i32, end: i32, scratch: usize): void {
  const columns = word(job, 12);
  const grid = word(job, 13) * word(job, 14);
  const taps = word(job, 19);
  const padded = roundUp(columns, TILE_COLUMNS);
  const base = scratch;
  const edge = base + padded * 4;
  const outputs = edge + TILE_SCRATCH;
  const tables = outputs + BLOCK * 4;
  const blocks = (grid + BLOCK - 1) / BLOCK;
  const output = pointer(job, 1);
  const residual = pointer(job, 5);
  const addBase = word(job, 3) | word(job, 4);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / blocks;
    const first = (unit - image * blocks) * BLOCK;
    const count = min(BLOCK, grid - first);
    fillTables(job, image, first, count, outputs, tables);
    if (addBase) fillBase(job, image, columns, padded, base);
    multiplyRows(
      tables,
      taps,
      word(job, 9),
      pointer(job, 2),
      columns,
      outputs,
      count,
      addBase ? base : 0,
      residual ? residual - output : NO_RESIDUAL,
      edge,
    );
  }
}

/** Pointers to the input pixels of each tap and to the output pixels, for `count` grid pixels from `first`. */
function fillTables(job: usize, image: i32, first: i32, count: i32, outputs: usize, tables: usize): void {
  const height = word(job, 7);
  const width = word(job, 8);
  const pixelBytes = word(job, 9) * 4;
  const input = pointer(job, 0) + image * height * width * pixelBytes;
  const outWidth = word(job, 11);
  const outBytes = word(job, 12) * 4;
  const output = pointer(job, 1) + image * word(job, 10) * outWidth * outBytes;
  const gridWidth = word(job, 14);
  const outStep = word(job, 15);
  const inStep = word(job, 18);
  const taps = word(job, 19);
  const zeros = pointer(job, 6);
  let gridY = first / gridWidth;
  let gridX = first - gridY * gridWidth;
  const filled = roundUp(count, 4);
  for (let i = 0; i < filled; i++) {
    let table = tables + ((i >> 2) * taps * 4 + (i & 3)) * 4;
    const exists = i < count;
    for (let tap = 0; tap < taps; tap++) {
      const y = gridY * inStep + word(job, OFFSETS + 2 * tap);
      const x = gridX * inStep + word(job, OFFSETS + 1 + 2 * tap);
      const inside = exists && <u32>y < <u32>height && <u32>x < <u32>width;
      store<usize>(table, inside ? input + (y * width + x) * pixelBytes : zeros);
      table += 16;
    }
    const pixel = (gridY * outStep + word(job, 16)) * outWidth + gridX * outStep + word(job, 17);
    store<usize>(outputs + i * 4, output + pixel * outBytes);
    if (++gridX == gridWidth) {
      gridX = 0;
      gridY++;
    }
  }
}

/** bias + shift of an image, filled up with zeros to whole panels. */
export function fillBase(job: usize, image: i32, columns: i32, padded: i32, base: usize): void {
  const bias = pointer(job, 3);
  const shift = pointer(job, 4);
  for (let c = 0; c < padded; c++) {
    let sum: f32 = 0;
    if (c < columns) {
      if (bias) sum = load<f32>(bias + c * 4);
      if (shift) sum += load<f32>(shift + (image * columns + c) * 4);
    }
    store<f32>(base + c * 4, sum);
  }
}
