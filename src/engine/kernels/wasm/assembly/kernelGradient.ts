import { pointer, word } from './job';
import { addOuterProducts, addRun } from './outer';
import { sumColumns } from './pixelSum';

/** Rows of the kernel's matrix that one unit of work holds. */
const ROWS: i32 = 16;
/** Pixels between two additions to the sum in memory: long sums keep their low bits, tables stay in cache. */
const BLOCK: i32 = 128;

/**
 * Job: the gradient of a layer's matrix [taps·I + 1, O], Σ over grid pixels q of x ⊗ dy, the last row Σ dy. One side is
 * read at q, the other at step·q + the tap's offset (nothing beyond its edge): x for a convolution, dy for a
 * transposed one. Units are (tap, 16 rows of I), and one more for the bias. Arguments: 0 x, 1 dy, 2 gradient,
 * 3 images, 4 I, 5 O, 6 gathered side (0 x, 1 dy), 7 grid height, 8 width, 9 gathered height, 10 width, 11 step,
 * 12 taps, then (y, x) of each tap. Scratch: the runs of a block, at most one a pixel.
 */
export function kernelGradient(job: usize, begin: i32, end: i32, scratch: usize): void {
  const inputs = word(job, 4);
  const outputs = word(job, 5);
  const taps = word(job, 12);
  const parts = (inputs + ROWS - 1) / ROWS;
  const gradient = pointer(job, 2);
  for (let unit = begin; unit < end; unit++) {
    if (unit == taps * parts) {
      biasGradient(job, gradient + taps * inputs * outputs * 4, outputs);
      continue;
    }
    const tap = unit / parts;
    const row = (unit - tap * parts) * ROWS;
    const rows = min(ROWS, inputs - row);
    const target = gradient + (tap * inputs + row) * outputs * 4;
    memory.fill(target, 0, rows * outputs * 4);
    accumulateTap(job, tap, row, rows, target, scratch);
  }
}

function accumulateTap(job: usize, tap: i32, row: i32, rows: i32, target: usize, runs: usize): void {
  const images = word(job, 3);
  const outputs = word(job, 5);
  const gathersDy = word(job, 6);
  const gridHeight = word(job, 7);
  const gridWidth = word(job, 8);
  const height = word(job, 9);
  const width = word(job, 10);
  const step = word(job, 11);
  const offsetY = word(job, 13 + 2 * tap);
  const offsetX = word(job, 14 + 2 * tap);
  const xBytes = word(job, 4) * 4;
  const dyBytes = outputs * 4;
  const xStep = gathersDy ? xBytes : xBytes * step;
  const dyStep = gathersDy ? dyBytes * step : dyBytes;
  const x = pointer(job, 0) + row * 4;
  const dy = pointer(job, 1);
  // The grid's columns whose gathered pixel exists.
  const begin = offsetX < 0 ? (step - 1 - offsetX) / step : 0;
  const end = min(gridWidth, (width - offsetX + step - 1) / step);
  let count = 0;
  let pixels = 0;
  for (let image = 0; image < images; image++) {
    for (let gridY = 0; gridY < gridHeight; gridY++) {
      const y = gridY * step + offsetY;
      if (<u32>y >= <u32>height) continue;
      for (let gridX = begin; gridX < end; ) {
        const run = min(end - gridX, BLOCK - pixels);
        const there = (image * height + y) * width + gridX * step + offsetX;
        const here = (image * gridHeight + gridY) * gridWidth + gridX;
        const a = x + (gathersDy ? here : there) * xBytes;
        const b = dy + (gathersDy ? there : here) * dyBytes;
        count = addRun(runs, count, a, b, run, xStep, dyStep);
        gridX += run;
        pixels += run;
        if (pixels == BLOCK) {
          addOuterProducts(runs, count, xStep, dyStep, rows, outputs, target, outputs);
          count = 0;
          pixels = 0;
        }
      }
    }
  }
  if (count) addOuterProducts(runs, count, xStep, dyStep, rows, outputs, target, outputs);
}

/** Σ dy over all images and pixels. */
function biasGradient(job: usize, target: usize, outputs: i32): void {
  const gathersDy = word(job, 6);
  const pixels = gathersDy ? word(job, 9) * word(job, 10) : word(job, 7) * word(job, 8);
  sumColumns(pointer(job, 1), pixels * word(job, 3), outputs, target);
}
