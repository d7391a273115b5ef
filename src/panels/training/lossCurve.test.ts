import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossCurve } from './lossCurve';

const historyOf = (losses: number[], before = 0) => ({
  before,
  raw: Float32Array.from(losses),
  smoothed: Float32Array.from(losses, (loss) => loss / 2),
});

describe('lossCurve', () => {
  it('is the history itself where that is short enough', () => {
    const { steps, raw, smoothed } = lossCurve(historyOf([3, 1, 2]), 6);
    expect([...steps]).toEqual([1, 2, 3]);
    expect([...raw]).toEqual([3, 1, 2]);
    expect([...smoothed]).toEqual([1.5, 0.5, 1]);
    expect([...lossCurve(historyOf([3, 1], 40), 6).steps]).toEqual([41, 42]);
  });

  it('keeps within the points allowed, ascending, true to the history, with its least and its greatest loss', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.float({ min: 0, max: 4, noNaN: true }), fc.constant(Number.NaN)), {
          maxLength: 2000,
        }),
        fc.integer({ min: 2, max: 300 }),
        (losses, maxPoints) => {
          const history = historyOf(losses);
          const { steps, raw, smoothed } = lossCurve(history, maxPoints);
          expect(steps.length).toBeLessThanOrEqual(maxPoints);
          steps.forEach((step, i) => {
            if (i > 0) expect(step).toBeGreaterThan(steps[i - 1] as number);
            expect(raw[i]).toBe(history.raw[step - 1]);
            expect(smoothed[i]).toBe(history.smoothed[step - 1]);
          });
          const known = [...history.raw].filter((loss) => !Number.isNaN(loss));
          expect(Math.min(...raw)).toBe(Math.min(...known));
          expect(Math.max(...raw)).toBe(Math.max(...known));
        },
      ),
      { numRuns: 200 },
    );
  });
});
