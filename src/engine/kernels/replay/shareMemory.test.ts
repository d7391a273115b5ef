import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Lifetime, shareMemory } from './shareMemory';

const lifetimes = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 1000 }), fc.nat(40), fc.nat(10))
    .map(([size, first, length]): Lifetime => ({ size, first, last: first + length })),
  { maxLength: 60 },
);

/** The most bytes that are needed at any one command: no sharing can do with less. */
const peakOf = (things: readonly Lifetime[]) =>
  Math.max(
    0,
    ...things.map(({ first }) =>
      things.reduce((sum, { size, first: a, last: b }) => (a <= first && first <= b ? sum + size : sum), 0),
    ),
  );

test('things that meet never share a block, and each fits into its own', () => {
  fc.assert(
    fc.property(lifetimes, (things) => {
      const { blockOf, sizes } = shareMemory(things);
      things.forEach((thing, i) => {
        expect(sizes[blockOf[i] as number]).toBeGreaterThanOrEqual(thing.size);
        for (let j = 0; j < i; j++) {
          const other = things[j] as Lifetime;
          const apart = thing.last < other.first || other.last < thing.first;
          expect(apart || blockOf[i] !== blockOf[j]).toBe(true);
        }
      });
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(total).toBeGreaterThanOrEqual(peakOf(things));
      expect(total).toBeLessThanOrEqual(things.reduce((sum, { size }) => sum + size, 0));
    }),
  );
});

test('a chain of equal steps needs two blocks, whatever its length', () => {
  const chain = Array.from({ length: 20 }, (_, i) => ({ size: 64, first: i, last: i + 1 }));
  expect(shareMemory(chain).sizes).toEqual([64, 64]);
});

test('a block is as large as the largest thing in it, and a small thing goes into the smallest block that is free', () => {
  const things = [
    { size: 10, first: 5, last: 6 },
    { size: 100, first: 0, last: 1 },
    { size: 40, first: 0, last: 1 },
  ];
  expect(shareMemory(things)).toEqual({ blockOf: [1, 0, 1], sizes: [100, 40] });
});
