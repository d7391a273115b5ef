import type { Random } from '../../src/engine/training/random';

/** Ways in which an image can be no image of the data set: as bad samples are. */
const ways = {
  /** Under noise, from a little to a lot. */
  noisy: (image, _, random) => {
    const spread = 0.15 + 0.85 * random.uniform();
    const noise = random.normal(image.length);
    return image.map((value, i) => clipped(value + spread * (noise[i] as number)));
  },
  noise: (image, _, random) => random.normal(image.length).map(clipped),
  /** Between two images. */
  blend: (image, other, random) => {
    const share = 0.3 + 0.4 * random.uniform();
    return image.map((value, i) => share * value + (1 - share) * (other[i] as number));
  },
} satisfies Record<string, (image: Float32Array, other: Float32Array, random: Random) => Float32Array>;

/** An image, spoiled in one of the ways. */
export function spoiled(image: Float32Array, other: Float32Array, random: Random): Float32Array {
  const all = Object.values(ways);
  const way = all[Math.floor(random.uniform() * all.length)] as (typeof all)[number];
  return way(image, other, random);
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
