// Vector arithmetic that every kernel shares. A vector is four float32.

/** a·b + c; one rounding where relaxed SIMD has a fused multiply-add. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c − a·b. */
// @ts-ignore: decorator
@inline
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/**
 * eˣ to about 1e-7 relative for |x| ≤ 87, saturated beyond; NaN stays NaN. x = n·ln 2 + r with |r| ≤ ln 2 / 2, and a
 * minimax polynomial of degree 6 for e^r (Cephes).
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  // pmin and pmax keep a NaN in their first operand.
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(87.3)), f32x4.splat(-87.3));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = multiplySubtract(n, f32x4.splat(0.693359375), x);
  r = multiplySubtract(n, f32x4.splat(-2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const exponent = i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23);
  return i32x4.add(p, exponent);
}

/** 1 / (1 + e⁻ˣ). */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exponential(f32x4.neg(x))));
}

/** The derivative of x·sigmoid(x), given s = sigmoid(x): s·(1 + x·(1 − s)). */
// @ts-ignore: decorator
@inline
export function siluSlope(x: v128, s: v128): v128 {
  return f32x4.mul(s, multiplyAdd(x, f32x4.sub(f32x4.splat(1), s), f32x4.splat(1)));
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function laneSum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** The first `count` (1 … 4) floats at a pointer, zeros after them; reads nothing beyond. */
export function loadPart(pointer: usize, count: i32): v128 {
  if (count >= 4) return v128.load(pointer);
  let x = v128.load32_zero(pointer);
  if (count > 1) x = f32x4.replace_lane(x, 1, load<f32>(pointer, 4));
  if (count > 2) x = f32x4.replace_lane(x, 2, load<f32>(pointer, 8));
  return x;
}

/** Writes the first `count` (1 … 4) lanes. */
export function storePart(pointer: usize, x: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, x);
    return;
  }
  store<f32>(pointer, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(pointer, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(pointer, f32x4.extract_lane(x, 2), 8);
}
