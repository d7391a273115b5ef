/** The hash of dropoutMask.ts, four elements at a time. */
// @ts-ignore: decorator
@inline
function hash(value: v128): v128 {
  let h = v128.xor(value, i32x4.shr_u(value, 16));
  h = i32x4.mul(h, i32x4.splat(0x21f0aaad));
  h = v128.xor(h, i32x4.shr_u(h, 15));
  h = i32x4.mul(h, i32x4.splat(0x735a2d97));
  return v128.xor(h, i32x4.shr_u(h, 15));
}

/** Inverted-dropout factors of elements index … index + 3: `scale` where the hash reaches the threshold, else 0. */
// @ts-ignore: decorator
@inline
export function dropoutFactors(index: u32, base: u32, threshold: u32, scale: f32): v128 {
  const elements = i32x4.add(i32x4.splat(index + base), i32x4(0, 1, 2, 3));
  return v128.and(f32x4.splat(scale), i32x4.ge_u(hash(elements), i32x4.splat(threshold)));
}
