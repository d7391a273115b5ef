import { pointer, word } from './job';
import { addOuterProducts, addRun } from './outer';
import { packStraight, packTransposed } from './panels';
import { sumColumns } from './pixelSum';
import { TILE_COLUMNS } from './tile';
import { PLANE_PADDING } from './winograd';
import { inputToPlanes, locateTile, outputToPlanes } from './winogradTiles';
import { gatherKernel, PLANES, transformKernel } from './winogradTransforms';

const TAPS: i32 = 9;

/**
 * Job: G g Gᵀ of a layer's matrix as panels of 8 columns, [plane][panel][channel][8]. Units are panels. Arguments:
 * 0 kernel [9·I + 1, O], 1 planes, 2 I, 3 O, 4 transposed. Straight, channels are I and columns O; transposed (for the
 * input's gradient), channels are O, columns I, and the taps turned by 180°. Scratch: a panel of all taps, 288 bytes.
 */
export function packWinograd(job: usize, begin: i32, end: i32, scratch: usize): void {
  const kernel = pointer(job, 0);
  const inputs = word(job, 2);
  const outputs = word(job, 3);
  const transposed = word(job, 4);
  const channels = transposed ? outputs : inputs;
  const columns = transposed ? inputs : outputs;
  const panelBytes = <usize>(channels * TILE_COLUMNS * 4);
  const step = <usize>(channels * columns * 4 + PLANE_PADDING);
  const half = scratch + <usize>TAPS * panelBytes;
  for (let panel = begin; panel < end; panel++) {
    const column = panel * TILE_COLUMNS;
    for (let tap = 0; tap < TAPS; tap++) {
      const target = scratch + <usize>tap * panelBytes;
      if (transposed) {
        const rows = kernel + ((TAPS - 1 - tap) * inputs + column) * outputs * 4;
        packTransposed(rows, channels, outputs, TILE_COLUMNS, target);
      } else packStraight(kernel + (tap * inputs * outputs + column) * 4, channels, outputs, TILE_COLUMNS, target);
    }
    const target = pointer(job, 1) + <usize>panel * panelBytes;
    for (let offset: usize = 0; offset < panelBytes; offset += 16) {
      for (let x: usize = 0; x < 3; x++) {
        const source = scratch + x * panelBytes + offset;
        const below = v128.load(source + 3 * panelBytes);
        transformKernel(v128.load(source), below, v128.load(source + 6 * panelBytes), half + x * 16, 48);
      }
      for (let y: usize = 0; y < 6; y++) {
        const row = half + y * 48;
        const place = target + offset + y * 6 * step;
        transformKernel(v128.load(row), v128.load(row, 16), v128.load(row, 32), place, step);
      }
    }
  }
}

/**
 * Job: the transformed tiles of x (Bᵀ d B) and of dy (A y Aᵀ), [plane][tile][channels]. Units are tiles. Arguments: 0 x,
 * 1 dy, 2 planes of x, 3 of dy, 4 zeros (as long as the channels), 5 height, 6 width, 7 I, 8 O, 9 first tile,
 * 10 tiles.
 */
export function winogradTiles(job: usize, begin: i32, end: i32, scratch: usize): void {
  const height = word(job, 5);
  const width = word(job, 6);
  const inputBytes = word(job, 7) * 4;
  const outputBytes = word(job, 8) * 4;
  const first = word(job, 9);
  const tiles = word(job, 10);
  const inputStep = <usize>(tiles * inputBytes + PLANE_PADDING);
  const outputStep = <usize>(tiles * outputBytes + PLANE_PADDING);
  const zeros = pointer(job, 4);
  for (let i = begin; i < end; i++) {
    locateTile(pointer(job, 0), height, width, inputBytes, first + i, false, zeros, scratch);
    inputToPlanes(scratch, word(job, 7), pointer(job, 2) + i * inputBytes, inputStep);
    locateTile(pointer(job, 1), height, width, outputBytes, first + i, true, zeros, scratch);
    outputToPlanes(scratch, word(job, 8), pointer(job, 3) + i * outputBytes, outputStep);
  }
}

/** Tiles between two additions to the sum in memory. */
const BLOCK: i32 = 128;

/**
 * Job: in every plane, the gradient [I, O] of the transformed kernel, Σ x ⊗ dy over the tiles. Units are planes.
 * Arguments: 0 planes of x, 1 of dy, 2 gradients, 3 I, 4 O, 5 tiles, 6 whether they begin anew. Scratch: a run.
 */
export function winogradProducts(job: usize, begin: i32, end: i32, scratch: usize): void {
  const inputs = word(job, 3);
  const outputs = word(job, 4);
  const tiles = word(job, 5);
  const inputBytes = inputs * 4;
  const outputBytes = outputs * 4;
  for (let plane = begin; plane < end; plane++) {
    const target = pointer(job, 2) + plane * (inputs * outputBytes + PLANE_PADDING);
    const x = pointer(job, 0) + plane * (tiles * inputBytes + PLANE_PADDING);
    const dy = pointer(job, 1) + plane * (tiles * outputBytes + PLANE_PADDING);
    if (word(job, 6)) memory.fill(target, 0, inputs * outputBytes);
    for (let first = 0; first < tiles; first += BLOCK) {
      const count = min(BLOCK, tiles - first);
      addRun(scratch, 0, x + first * inputBytes, dy + first * outputBytes, count, inputBytes, outputBytes);
      addOuterProducts(scratch, 1, inputBytes, outputBytes, inputs, outputs, target, outputs);
    }
  }
}

/**
 * Job: the gradient [9·I + 1, O] of the layer's matrix from those of the planes, Gᵀ u G, the last row Σ dy. Units are rows
 * of I, and one more for the bias. Arguments: 0 gradients of the planes, 1 dy, 2 gradient, 3 I, 4 O, 5 pixels.
 */
export function winogradKernelGradient(job: usize, begin: i32, end: i32, scratch: usize): void {
  const inputs = word(job, 3);
  const bytes = <usize>word(job, 4) * 4;
  const tapBytes = <usize>inputs * bytes;
  const step = tapBytes + PLANE_PADDING;
  for (let row = begin; row < end; row++) {
    const target = pointer(job, 2) + <usize>row * bytes;
    if (row == inputs) {
      sumColumns(pointer(job, 1), word(job, 5), word(job, 4), pointer(job, 2) + <usize>TAPS * tapBytes);
      continue;
    }
    const source = pointer(job, 0) + <usize>row * bytes;
    for (let offset: usize = 0; offset < bytes; offset += 16) {
      for (let y: usize = 0; y < 6; y++) gatherKernel(source + offset + y * 6 * step, step, scratch + y * 48, 16);
      for (let x: usize = 0; x < 3; x++) {
        gatherKernel(scratch + x * 16, 48, target + offset + x * tapBytes, 3 * tapBytes);
      }
    }
  }
}
