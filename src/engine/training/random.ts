/** The whole state of a Random, enough to go on exactly where it stopped. */
export interface RandomState {
  words: [number, number, number, number];
}

/**
 * Seeded random numbers: xoshiro128**, seeded by splitmix32. Every normal number costs one pair of words, so the
 * state between calls is these four words and nothing else: what was saved resumes to the bit.
 */
export class Random {
  #words: Uint32Array;

  /** Seeds from a whole number, or goes on from a saved state. */
  constructor(source: number | RandomState) {
    this.#words = typeof source === 'number' ? seedWords(source) : Uint32Array.from(source.words);
  }

  get state(): RandomState {
    return { words: [...this.#words] as RandomState['words'] };
  }

  /** A whole number, 0 … 2³² − 1. */
  nextUint32(): number {
    const s = this.#words as unknown as [number, number, number, number];
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** Uniform on [0, 1). */
  uniform(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /** Whole numbers, uniform on 0 … below − 1. */
  integers(count: number, below: number): Int32Array {
    return Int32Array.from({ length: count }, () => Math.floor(this.uniform() * below));
  }

  /** Standard normal numbers, by Box and Muller; the last of an odd count drops its twin. */
  normal(count: number): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      // The half keeps the logarithm's argument above 0.
      const radius = Math.sqrt(-2 * Math.log((this.nextUint32() + 0.5) / 2 ** 32));
      const angle = 2 * Math.PI * this.uniform();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  }
}

function seedWords(seed: number): Uint32Array {
  let state = seed >>> 0;
  return Uint32Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  });
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
