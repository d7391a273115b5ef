import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageBytes, RecordedStep } from '../../../store/recording';
import { frameLayout, frameRgba, GAP_LEVEL, scaleFor, timedFrames } from './frames';

describe('frameRgba', () => {
  test('puts every pixel of every image in its square, grey or RGB', () => {
    const shape = fc.record({
      size: fc.integer({ min: 1, max: 5 }),
      channels: fc.constantFrom(1, 3),
      columns: fc.integer({ min: 1, max: 4 }),
      count: fc.integer({ min: 1, max: 9 }),
      scale: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(shape, ({ size, channels, columns, count, scale }) => {
        const batch = Uint8ClampedArray.from(
          { length: count * size * size * channels },
          (_, i) => (i * 37) % 256,
        );
        const images = Array.from({ length: count }, (_, i) => count - 1 - i);
        const layout = frameLayout({ size, channels, columns }, images, scale);
        expect([layout.width % 2, layout.height % 2]).toEqual([0, 0]);
        const rgba = frameRgba(batch, layout);
        expect(rgba).toHaveLength(4 * layout.width * layout.height);
        expect([...rgba.subarray(0, 4)]).toEqual([GAP_LEVEL, GAP_LEVEL, GAP_LEVEL, 255]);
        images.forEach((image, place) => {
          for (let pixel = 0; pixel < size * size; pixel++) {
            const cell = (at: number) => scale * (1 + at * (size + 1));
            const x = cell(place % layout.columns) + scale * (pixel % size) + scale - 1;
            const y = cell(Math.floor(place / layout.columns)) + scale * Math.floor(pixel / size);
            const from = (image * size * size + pixel) * channels;
            const rgb = channels === 3 ? [0, 1, 2] : [0, 0, 0];
            const at = 4 * (y * layout.width + x);
            expect([...rgba.subarray(at, at + 4)]).toEqual([...rgb.map((c) => batch[from + c]), 255]);
          }
        });
      }),
    );
  });
});

describe('timedFrames', () => {
  const step = (index: number): RecordedStep => ({
    index,
    t: 100 - index,
    x: Uint8ClampedArray.of(index) as ImageBytes,
    x0: index === 0 ? null : (Uint8ClampedArray.of(index + 100) as ImageBytes),
    eps: null,
  });
  const steps = Array.from({ length: 101 }, (_, i) => step(i));

  test('lasts as long as asked, from the first step to the last, never faster than allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 101 }),
        fc.constantFrom([25, 10], [30, 1]),
        (seconds, count, [perSecond, tick]) => {
          const frames = timedFrames(
            steps.slice(0, count),
            'x',
            seconds,
            perSecond as number,
            tick as number,
          );
          expect(frames.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBe(1000 * seconds);
          expect(frames.at(-1)?.batch[0]).toBe(count - 1);
          if (frames.length > 1) expect(frames[0]?.batch[0]).toBe(0);
          for (const { milliseconds } of frames)
            expect(milliseconds).toBeGreaterThanOrEqual(1000 / (perSecond as number) - (tick as number));
        },
      ),
    );
  });

  test('leaves out the noise, which has no x̂₀ yet', () => {
    const frames = timedFrames(steps.slice(0, 3), 'x0', 2, 25, 10);
    expect(frames.map(({ batch }) => batch[0])).toEqual([101, 102]);
    expect(frames.map(({ t }) => t)).toEqual([99, 98]);
  });
});

test('the scale for 600 pixels is the nearest whole one', () => {
  const digits = (images: number[]) => frameLayout({ size: 8, channels: 1, columns: 4 }, images, 4);
  // 4 images of 8 pixels with 5 lines between and around are 37 pixels, and one is 10.
  expect(scaleFor(600, digits(Array.from({ length: 16 }, (_, i) => i)))).toBe(16);
  expect(scaleFor(600, digits([0]))).toBe(60);
  expect(scaleFor(1, digits([0])), 'never none').toBe(1);
});
