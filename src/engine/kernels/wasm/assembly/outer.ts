import { multiplyAdd } from './arithmetic';

/** Bytes of a run in a table: pointers to a and b of its first pixel, and its number of pixels. */
export const RUN_BYTES: i32 = 12;

/** Writes a run at the end of a table of `count` runs; one that goes on where the last ends makes that longer. */
export function addRun(
  runs: usize,
  count: i32,
  a: usize,
  b: usize,
  pixels: i32,
  aBytes: usize,
  bBytes: usize,
): i32 {
  const next = runs + count * RUN_BYTES;
  if (count > 0) {
    const last = next - RUN_BYTES;
    const before = load<i32>(last, 8);
    if (load<usize>(last) + before * aBytes == a && load<usize>(last, 4) + before * bBytes == b) {
      store<i32>(last, before + pixels, 8);
      return count;
    }
  }
  store<usize>(next, a);
  store<usize>(next, b, 4);
  store<i32>(next, pixels, 8);
  return count + 1;
}

/**
 * target[0…rows−1][0…columns−1] += Σ_p a[p][row] · b[p][column], over the pixels of `count` runs in which pixels lie
 * `aBytes` and `bBytes` apart; target rows are `stride` floats apart. Reads and writes no column or row beyond.
 */
export function addOuterProducts(
  runs: usize,
  count: i32,
  aBytes: usize,
  bBytes: usize,
  rows: i32,
  columns: i32,
  target: usize,
  stride: i32,
): void {
  let column = 0;
  for (; column + 8 <= columns; column += 8) {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      const place = target + (row * stride + column) * 4;
      outer4x8(runs, count, aBytes, bBytes, row * 4, column * 4, place, stride * 4);
    }
    for (; row < rows; row++) {
      outer1x8(runs, count, aBytes, bBytes, row * 4, column * 4, target + (row * stride + column) * 4);
    }
  }
  for (; column < columns; column++) {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      const place = target + (row * stride + column) * 4;
      outer4x1(runs, count, aBytes, bBytes, row * 4, column * 4, place, stride * 4);
    }
    for (; row < rows; row++) {
      outer1x1(runs, count, aBytes, bBytes, row * 4, column * 4, target + (row * stride + column) * 4);
    }
  }
}

function outer4x8(
  runs: usize,
  count: i32,
  aBytes: usize,
  bBytes: usize,
  row: usize,
  column: usize,
  target: usize,
  bytes: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let a: v128, b0: v128, b1: v128;
  for (; count > 0; count--) {
    let pa = load<usize>(runs) + row;
    let pb = load<usize>(runs, 4) + column;
    let left = load<i32>(runs, 8);
    runs += RUN_BYTES;
    while (true) {
      // A break between the steps, as in multiplyTile.
      b0 = v128.load(pb);
      b1 = v128.load(pb, 16);
      a = v128.load32_splat(pa);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(pa, 4);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(pa, 8);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(pa, 12);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      if (left == 1) break;
      pa += aBytes;
      pb += bBytes;
      b0 = v128.load(pb);
      b1 = v128.load(pb, 16);
      a = v128.load32_splat(pa);
      c00 = multiplyAdd(a, b0, c00);
      c01 = multiplyAdd(a, b1, c01);
      a = v128.load32_splat(pa, 4);
      c10 = multiplyAdd(a, b0, c10);
      c11 = multiplyAdd(a, b1, c11);
      a = v128.load32_splat(pa, 8);
      c20 = multiplyAdd(a, b0, c20);
      c21 = multiplyAdd(a, b1, c21);
      a = v128.load32_splat(pa, 12);
      c30 = multiplyAdd(a, b0, c30);
      c31 = multiplyAdd(a, b1, c31);
      pa += aBytes;
      pb += bBytes;
      left -= 2;
      if (left <= 0) break;
    }
  }
  v128.store(target, f32x4.add(c00, v128.load(target)));
  v128.store(target, f32x4.add(c01, v128.load(target, 16)), 16);
  target += bytes;
  v128.store(target, f32x4.add(c10, v128.load(target)));
  v128.store(target, f32x4.add(c11, v128.load(target, 16)), 16);
  target += bytes;
  v128.store(target, f32x4.add(c20, v128.load(target)));
  v128.store(target, f32x4.add(c21, v128.load(target, 16)), 16);
  target += bytes;
  v128.store(target, f32x4.add(c30, v128.load(target)));
  v128.store(target, f32x4.add(c31, v128.load(target, 16)), 16);
}

function outer1x8(
  runs: usize,
  count: i32,
  aBytes: usize,
  bBytes: usize,
  row: usize,
  column: usize,
  target: usize,
): void {
  let c0 = v128.load(target);
  let c1 = v128.load(target, 16);
  for (; count > 0; count--) {
    let pa = load<usize>(runs) + row;
    let pb = load<usize>(runs, 4) + column;
    for (let left = load<i32>(runs, 8); left > 0; left--) {
      const a = v128.load32_splat(pa);
      c0 = multiplyAdd(a, v128.load(pb), c0);
      c1 = multiplyAdd(a, v128.load(pb, 16), c1);
      pa += aBytes;
      pb += bBytes;
    }
    runs += RUN_BYTES;
  }
  v128.store(target, c0);
  v128.store(target, c1, 16);
}

function outer4x1(
  runs: usize,
  count: i32,
  aBytes: usize,
  bBytes: usize,
  row: usize,
  column: usize,
  target: usize,
  bytes: usize,
): void {
  let c = f32x4.splat(0);
  for (; count > 0; count--) {
    let pa = load<usize>(runs) + row;
    let pb = load<usize>(runs, 4) + column;
    for (let left = load<i32>(runs, 8); left > 0; left--) {
      c = multiplyAdd(v128.load(pa), v128.load32_splat(pb), c);
      pa += aBytes;
      pb += bBytes;
    }
    runs += RUN_BYTES;
  }
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 0));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 1));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 2));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 3));
}

function outer1x1(
  runs: usize,
  count: i32,
  aBytes: usize,
  bBytes: usize,
  row: usize,
  column: usize,
  target: usize,
): void {
  let c: f32 = 0;
  for (; count > 0; count--) {
    let pa = load<usize>(runs) + row;
    let pb = load<usize>(runs, 4) + column;
    for (let left = load<i32>(runs, 8); left > 0; left--) {
      c += load<f32>(pa) * load<f32>(pb);
      pa += aBytes;
      pb += bBytes;
    }
    runs += RUN_BYTES;
  }
  store<f32>(target, load<f32>(target) + c);
}
