import { multiplyAdd } from './arithmetic';

/**
 * target[0…rows−1][0…columns−1] += Σ_p a[p][row] · b[p][column]. `pairs` holds `count` pairs of pointers (to a[p], to
 * b[p]); target rows are `stride` floats apart. Reads and writes no column or row beyond.
 */
export function addOuterProducts(
  pairs: usize,
  count: i32,
  rows: i32,
  columns: i32,
  target: usize,
  stride: i32,
): void {
  let column = 0;
  for (; column + 8 <= columns; column += 8) {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      outer4x8(pairs, count, row * 4, column * 4, target + (row * stride + column) * 4, stride * 4);
    }
    for (; row < rows; row++) {
      outer1x8(pairs, count, row * 4, column * 4, target + (row * stride + column) * 4);
    }
  }
  for (; column < columns; column++) {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      outer4x1(pairs, count, row * 4, column * 4, target + (row * stride + column) * 4, stride * 4);
    }
    for (; row < rows; row++) {
      outer1x1(pairs, count, row * 4, column * 4, target + (row * stride + column) * 4);
    }
  }
}

function outer4x8(pairs: usize, count: i32, row: usize, column: usize, target: usize, bytes: usize): void {
  let c00 = f32x4.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let a: v128, b0: v128, b1: v128;
  let left = count;
  while (left > 0) {
    // A break between the steps, as in multiplyTile.
    let pa = load<usize>(pairs) + row;
    let pb = load<usize>(pairs, 4) + column;
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
    pa = load<usize>(pairs, 8) + row;
    pb = load<usize>(pairs, 12) + column;
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
    pairs += 16;
    left -= 2;
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

function outer1x8(pairs: usize, count: i32, row: usize, column: usize, target: usize): void {
  let c0 = v128.load(target);
  let c1 = v128.load(target, 16);
  for (let p = 0; p < count; p++) {
    const a = v128.load32_splat(load<usize>(pairs) + row);
    const b = load<usize>(pairs, 4) + column;
    c0 = multiplyAdd(a, v128.load(b), c0);
    c1 = multiplyAdd(a, v128.load(b, 16), c1);
    pairs += 8;
  }
  v128.store(target, c0);
  v128.store(target, c1, 16);
}

function outer4x1(pairs: usize, count: i32, row: usize, column: usize, target: usize, bytes: usize): void {
  let c = f32x4.splat(0);
  for (let p = 0; p < count; p++) {
    const a = v128.load(load<usize>(pairs) + row);
    c = multiplyAdd(a, v128.load32_splat(load<usize>(pairs, 4) + column), c);
    pairs += 8;
  }
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 0));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 1));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 2));
  target += bytes;
  store<f32>(target, load<f32>(target) + f32x4.extract_lane(c, 3));
}

function outer1x1(pairs: usize, count: i32, row: usize, column: usize, target: usize): void {
  let c: f32 = 0;
  for (let p = 0; p < count; p++) {
    c += load<f32>(load<usize>(pairs) + row) * load<f32>(load<usize>(pairs, 4) + column);
    pairs += 8;
  }
  store<f32>(target, load<f32>(target) + c);
}
