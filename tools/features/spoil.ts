import type { Random } from '../../src/engine/training/random';

/** Ways in which a picture can be no picture of the data set: as bad samples are. */
const ways = {
  /** Under noise, from a little to a lot. */
  noisy: (picture, _, random) => {
    const spread = 0.15 + 0.85 * random.uniform();
    const noise = random.normal(picture.length);
    return picture.map((value, i) => clipped(value + spread * (noise[i] as number)));
  },
  noise: (picture, _, random) => random.normal(picture.length).map(clipped),
  /** Between two pictures. */
  blend: (picture, other, random) => {
    const share = 0.3 + 0.4 * random.uniform();
    return picture.map((value, i) => share * value + (1 - share) * (other[i] as number));
  },
} satisfies Record<string, (picture: Float32Array, other: Float32Array, random: Random) => Float32Array>;

/** A picture, spoiled in one of the ways. */
export function spoiled(picture: Float32Array, other: Float32Array, random: Random): Float32Array {
  const all = Object.values(ways);
  const way = all[Math.floor(random.uniform() * all.length)] as (typeof all)[number];
  return way(picture, other, random);
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
