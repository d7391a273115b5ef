import { multiplyAdd } from './arithmetic';

/** Rows and columns of an output tile: eight accumulators of four lanes, as many as registers allow. */
export const TILE_ROWS: i32 = 4;
export const TILE_COLUMNS: i32 = 8;
/** In the place of a residual's distance: there is none. (The distance 0 adds to what the output holds.) */
export const NO_RESIDUAL: usize = usize.MAX_VALUE;

/**
 * The 4×8 tile Σ_tap Σ_channel row[tap][r][channel] · panel[tap·channels + channel][column], at `column` bytes behind
 * the four pointers of `outputs`. `table` holds four row pointers a tap. Adds the 8 floats at `base` if it is not 0, and
 * what lies `residual` bytes behind each output unless that is NO_RESIDUAL.
 *
 * The breaks between the four steps end basic blocks: V8 otherwise moves all loads of the unrolled loop to its head and
 * spills the accumulators.
 */
export function multiplyTile(
  table: usize,
  taps: i32,
  channels: i32,
  panel: usize,
  outputs: usize,
  column: usize,
  base: usize,
  residual: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let a: v128, b0: v128, b1: v128;
  for (let tap = 0; tap < taps; tap++) {
    let row0 = load<usize>(table);
    let row1 = load<usize>(table, 4);
    let row2 = load<usize>(table, 8);
    let row3 = load<usize>(table, 12);
    table += 16;
    let left = channels;
    while (true) {
      b0 = v128.load(panel);
      b1 = v128.load(panel, 16);
      a = v128.load32_splat(row0);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(row1);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(row2);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(row3);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      if (left == 1) {
        panel += 32;
        break;
      }
      b0 = v128.load(panel, 32);
      b1 = v128.load(panel, 48);
      a = v128.load32_splat(row0, 4);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(row1, 4);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(row2, 4);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(row3, 4);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      if (left == 2) {
        panel += 64;
        break;
      }
      b0 = v128.load(panel, 64);
      b1 = v128.load(panel, 80);
      a = v128.load32_splat(row0, 8);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(row1, 8);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(row2, 8);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(row3, 8);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      if (left == 3) {
        panel += 96;
        break;
      }
      b0 = v128.load(panel, 96);
      b1 = v128.load(panel, 112);
      a = v128.load32_splat(row0, 12);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(row1, 12);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(row2, 12);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(row3, 12);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      row0 += 16;
      row1 += 16;
      row2 += 16;
      row3 += 16;
      panel += 128;
      left -= 4;
      if (left <= 0) break;
    }
  }
  if (base) {
    b0 = v128.load(base);
    b1 = v128.load(base, 16);
    c00 = f32x4.add(c00, b0);
    c01 = f32x4.add(c01, b1);
    c10 = f32x4.add(c10, b0);
    c11 = f32x4.add(c11, b1);
    c20 = f32x4.add(c20, b0);
    c21 = f32x4.add(c21, b1);
    c30 = f32x4.add(c30, b0);
    c31 = f32x4.add(c31, b1);
  }
  const out0 = load<usize>(outputs) + column;
  const out1 = load<usize>(outputs, 4) + column;
  const out2 = load<usize>(outputs, 8) + column;
  const out3 = load<usize>(outputs, 12) + column;
  if (residual != NO_RESIDUAL) {
    c00 = f32x4.add(c00, v128.load(out0 + residual));
    c01 = f32x4.add(c01, v128.load(out0 + residual, 16));
    c10 = f32x4.add(c10, v128.load(out1 + residual));
    c11 = f32x4.add(c11, v128.load(out1 + residual, 16));
    c20 = f32x4.add(c20, v128.load(out2 + residual));
    c21 = f32x4.add(c21, v128.load(out2 + residual, 16));
    c30 = f32x4.add(c30, v128.load(out3 + residual));
    c31 = f32x4.add(c31, v128.load(out3 + residual, 16));
  }
  v128.store(out0, c00);
  v128.store(out0, c01, 16);
  v128.store(out1, c10);
  v128.store(out1, c11, 16);
  v128.store(out2, c20);
  v128.store(out2, c21, 16);
  v128.store(out3, c30);
  v128.store(out3, c31, 16);
}
