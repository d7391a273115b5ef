/** A 32-bit integer hash with full avalanche (two rounds of multiply and shift), as the kernels compute it. */
export function hash32(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Element i is kept where hash32(i + hash32(seed)) ≥ this: rate · 2³², rounded down. */
export function dropoutThreshold(rate: number): number {
  return Math.min(Math.floor(rate * 2 ** 32), 2 ** 32 - 1);
}

/** Inverted-dropout factors for elements 0 … size−1: 0 with probability `rate`, else 1 / (1 − rate). */
export function dropoutMask(size: number, rate: number, seed: number): Float32Array {
  const threshold = dropoutThreshold(rate);
  const base = hash32(seed);
  const scale = Math.fround(1 / (1 - rate));
  return Float32Array.from({ length: size }, (_, i) => (hash32((i + base) | 0) >= threshold ? scale : 0));
}
