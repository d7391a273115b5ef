import { multiplyAdd, multiplySubtract } from './arithmetic';

// Winograd's F(4×4, 3×3): y = Aᵀ((G g Gᵀ) ⊙ (Bᵀ d B))A for tiles of 4×4 outputs from 6×6 inputs, with the points 0, ±√½, ±√2
// and ∞: pairs of a point and its inverse keep the rounding error near that of a direct convolution (±1, ±2 have five
// times as much). Each function is one matrix times one column of four-lane vectors, written `step` bytes apart.

/** Rows and columns of a tile of inputs, of outputs, and values of the transformed tile, each in a plane of its own. */
export const TILE_INPUTS: i32 = 6;
export const TILE_OUTPUTS: i32 = 4;
export const PLANES: i32 = 36;

const ROOT_HALF: f32 = 0.70710678118654752;
const ROOT_TWO: f32 = 1.41421356237309505;

/** Bᵀ d. */
// @ts-ignore: decorator
@inline
export function transformInput(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  target: usize,
  step: usize,
): void {
  const two = f32x4.splat(2);
  const half = f32x4.splat(0.5);
  const middle = f32x4.splat(2.5);
  v128.store(target, multiplySubtract(middle, d2, f32x4.add(d0, d4)));
  storePair(multiplySubtract(two, d2, d4), multiplySubtract(two, d1, d3), ROOT_HALF, target + step, step);
  storePair(multiplySubtract(half, d2, d4), multiplySubtract(half, d1, d3), ROOT_TWO, target + 3 * step, step);
  v128.store(target + 5 * step, multiplySubtract(middle, d3, f32x4.add(d1, d5)));
}

/** A y, of four outputs: what the gradient of the outputs is to the planes. */
// @ts-ignore: decorator
@inline
export function spreadOutput(y0: v128, y1: v128, y2: v128, y3: v128, target: usize, step: usize): void {
  const two = f32x4.splat(2);
  const half = f32x4.splat(0.5);
  v128.store(target, y0);
  storePair(multiplyAdd(half, y2, y0), multiplyAdd(half, y3, y1), ROOT_HALF, target + step, step);
  storePair(multiplyAdd(two, y2, y0), multiplyAdd(two, y3, y1), ROOT_TWO, target + 3 * step, step);
  v128.store(target + 5 * step, y3);
}

/** G g, of three weights. */
// @ts-ignore: decorator
@inline
export function transformKernel(g0: v128, g1: v128, g2: v128, target: usize, step: usize): void {
  const near = f32x4.splat(-2.0 / 3.0);
  const far = f32x4.splat(1.0 / 6.0);
  const near0 = f32x4.mul(near, multiplyAdd(f32x4.splat(0.5), g2, g0));
  const far0 = f32x4.mul(far, multiplyAdd(f32x4.splat(2), g2, g0));
  v128.store(target, g0);
  storePair(near0, f32x4.mul(near, g1), ROOT_HALF, target + step, step);
  storePair(far0, f32x4.mul(far, g1), ROOT_TWO, target + 3 * step, step);
  v128.store(target + 5 * step, g2);
}

/** Aᵀ m, of six values `from` bytes apart. */
// @ts-ignore: decorator
@inline
export function transformOutput(source: usize, from: usize, target: usize, step: usize): void {
  const m1 = v128.load(source + from);
  const m2 = v128.load(source + 2 * from);
  const m3 = v128.load(source + 3 * from);
  const m4 = v128.load(source + 4 * from);
  const near = f32x4.add(m1, m2);
  const far = f32x4.add(m3, m4);
  const nearSlope = f32x4.mul(f32x4.splat(ROOT_HALF), f32x4.sub(m1, m2));
  const farSlope = f32x4.mul(f32x4.splat(ROOT_TWO), f32x4.sub(m3, m4));
  const half = f32x4.splat(0.5);
  const two = f32x4.splat(2);
  v128.store(target, f32x4.add(v128.load(source), f32x4.add(near, far)));
  v128.store(target + step, f32x4.add(nearSlope, farSlope));
  v128.store(target + 2 * step, multiplyAdd(two, far, f32x4.mul(half, near)));
  const last = multiplyAdd(half, nearSlope, v128.load(source + 5 * from));
  v128.store(target + 3 * step, multiplyAdd(two, farSlope, last));
}

/** Gᵀ u, of six values `from` bytes apart. */
// @ts-ignore: decorator
@inline
export function gatherKernel(source: usize, from: usize, target: usize, step: usize): void {
  const u1 = v128.load(source + from);
  const u2 = v128.load(source + 2 * from);
  const u3 = v128.load(source + 3 * from);
  const u4 = v128.load(source + 4 * from);
  const near = f32x4.mul(f32x4.splat(-2.0 / 3.0), f32x4.add(u1, u2));
  const far = f32x4.mul(f32x4.splat(1.0 / 6.0), f32x4.add(u3, u4));
  const nearSlope = f32x4.mul(f32x4.splat((-2.0 / 3.0) * ROOT_HALF), f32x4.sub(u1, u2));
  const farSlope = f32x4.mul(f32x4.splat(ROOT_TWO / 6.0), f32x4.sub(u3, u4));
  v128.store(target, f32x4.add(v128.load(source), f32x4.add(near, far)));
  v128.store(target + step, f32x4.add(nearSlope, farSlope));
  const last = multiplyAdd(f32x4.splat(0.5), near, v128.load(source + 5 * from));
  v128.store(target + 2 * step, multiplyAdd(f32x4.splat(2), far, last));
}

/** even + point·odd and even − point·odd: the values at a point and at its opposite. */
// @ts-ignore: decorator
@inline
function storePair(even: v128, odd: v128, point: f32, target: usize, step: usize): void {
  const at = f32x4.splat(point);
  v128.store(target, multiplyAdd(at, odd, even));
  v128.store(target + step, multiplySubtract(at, odd, even));
}
