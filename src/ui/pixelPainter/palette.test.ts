import { describe, expect, it } from 'vitest';
import { backgroundOf, blankImage, hexOf, inksFor, painted, valuesOf } from './palette';

describe('inks', () => {
  it.each([1, 3])('of %d channels are all different, and a value a channel in range', (channels) => {
    const inks = inksFor(channels);
    expect(new Set(inks.map(({ values }) => hexOf(values))).size).toBe(inks.length);
    for (const { values } of inks) {
      expect(values.length).toBe(channels);
      expect(values.every((value) => value >= -1 && value <= 1)).toBe(true);
      if (channels === 3) expect(valuesOf(hexOf(values))).toEqual(values);
    }
  });

  it('are written as CSS writes them', () => {
    expect([hexOf([-1]), hexOf([1]), hexOf([1, -1, 0])]).toEqual(['#000000', '#ffffff', '#ff0080']);
  });
});

it('paints pixels in all their channels, and leaves the image it was given', () => {
  const blank = blankImage(2, [-1, 0, 1]);
  expect([...blank]).toEqual([-1, 0, 1, -1, 0, 1, -1, 0, 1, -1, 0, 1]);
  expect([...painted(blank, [1, 3], [0.5, 0.5, 0.5])]).toEqual([
    -1, 0, 1, 0.5, 0.5, 0.5, -1, 0, 1, 0.5, 0.5, 0.5,
  ]);
  expect(blank[3]).toBe(-1);
});

it('finds the background though an image reaches into its corner', () => {
  const images = Float32Array.of(1, 9, -1, 9, -0.75, 9, -1, 9, -1, 9).map((value) =>
    value === 9 ? 0 : value,
  );
  const data = { images: Float32Array.from([...images, 0, 0]), imageSize: 1, channels: 2, count: 5 };
  expect(backgroundOf(data)).toEqual([-1, 0]);
});
