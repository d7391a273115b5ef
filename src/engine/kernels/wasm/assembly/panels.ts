import { pointer, word } from './job';
import { TILE_COLUMNS } from './tile';

/**
 * Job: packs taps of a layer's matrix into panels of 8 columns, [panel][tap][channel][8], filled up with zeros. Units
 * are panels. Arguments: kernel [size²·I + 1, O], panels, I, O, transposed, taps, then the index of each tap's rows.
 * Straight, channels are I and columns O; transposed, channels are O and columns I (for the input's gradient).
 */
export function packPanels(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const kernel = pointer(job, 0);
  const inputs = word(job, 2);
  const outputs = word(job, 3);
  const transposed = word(job, 4);
  const taps = word(job, 5);
  const channels = transposed ? outputs : inputs;
  const columns = transposed ? inputs : outputs;
  for (let panel = begin; panel < end; panel++) {
    let target = pointer(job, 1) + panel * taps * channels * TILE_COLUMNS * 4;
    const column = panel * TILE_COLUMNS;
    const width = min(TILE_COLUMNS, columns - column);
    for (let tap = 0; tap < taps; tap++) {
      const rows = kernel + word(job, 6 + tap) * inputs * outputs * 4;
      if (transposed) packTransposed(rows + column * outputs * 4, outputs, outputs, width, target);
      else packStraight(rows + column * 4, inputs, outputs, width, target);
      target += channels * TILE_COLUMNS * 4;
    }
  }
}

/** One panel of `rows` rows of `width` floats, `stride` floats apart. */
export function packStraight(source: usize, rows: i32, stride: i32, width: i32, target: usize): void {
  for (let row = 0; row < rows; row++) {
    if (width == TILE_COLUMNS) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
    } else {
      for (let c = 0; c < TILE_COLUMNS; c++) {
        store<f32>(target + c * 4, c < width ? load<f32>(source + c * 4) : 0);
      }
    }
    source += stride * 4;
    target += TILE_COLUMNS * 4;
  }
}

/** One panel of `rows` rows whose columns are the `width` rows of the source, `stride` floats apart. */
export function packTransposed(source: usize, rows: i32, stride: i32, width: i32, target: usize): void {
  let row = 0;
  if (width == TILE_COLUMNS) {
    const bytes = <usize>(stride * 4);
    for (; row + 4 <= rows; row += 4) {
      transpose4(source, bytes, target);
      transpose4(source + 4 * bytes, bytes, target + 16);
      source += 16;
      target += TILE_COLUMNS * 16;
    }
  }
  for (; row < rows; row++) {
    for (let c = 0; c < TILE_COLUMNS; c++) {
      store<f32>(target + c * 4, c < width ? load<f32>(source + c * stride * 4) : 0);
    }
    source += 4;
    target += TILE_COLUMNS * 4;
  }
}

/** Transposes 4×4 floats from rows `bytes` apart to rows of a panel. */
function transpose4(source: usize, bytes: usize, target: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + bytes);
  const c = v128.load(source + 2 * bytes);
  const d = v128.load(source + 3 * bytes);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), 32);
  v128.store(target, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), 64);
  v128.store(target, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), 96);
}
