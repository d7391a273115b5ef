import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LossHistory } from './lossHistory';

const lossesOf = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 3000 });

describe('LossHistory', () => {
  it('holds the same whether losses come one by one or in batches, and however often it must grow', () => {
    fc.assert(
      fc.property(lossesOf, fc.integer({ min: 1, max: 700 }), (losses, batch) => {
        const [single, batched] = [new LossHistory(), new LossHistory()];
        for (const [i, loss] of losses.entries()) single.append(i + 1, [loss]);
        for (let end = 0; end < losses.length; ) {
          const next = losses.slice(end, end + batch);
          end += next.length;
          batched.append(end, next);
        }
        expect(single.raw).toEqual(Float32Array.from(losses));
        expect(batched.raw).toEqual(single.raw);
        expect(batched.smoothed).toEqual(single.smoothed);
      }),
      { numRuns: 30 },
    );
  });

  it('smooths between the least and the greatest loss so far, and follows a constant at once', () => {
    fc.assert(
      fc.property(lossesOf, (losses) => {
        const history = new LossHistory();
        history.append(losses.length, losses);
        let [least, greatest] = [Infinity, -Infinity];
        history.smoothed.forEach((value, i) => {
          least = Math.min(least, losses[i] as number);
          greatest = Math.max(greatest, losses[i] as number);
          expect(value).toBeGreaterThanOrEqual(least - 1e-5);
          expect(value).toBeLessThanOrEqual(greatest + 1e-5);
        });
      }),
      { numRuns: 30 },
    );
    const constant = new LossHistory();
    constant.append(50, new Array(50).fill(0.25));
    expect([...constant.smoothed].every((value) => Math.abs(value - 0.25) < 1e-6)).toBe(true);
  });

  it('follows a jump by 5 % a step once it has seen many losses', () => {
    const history = new LossHistory();
    history.append(2000, new Array(2000).fill(1));
    history.append(2014, new Array(14).fill(0));
    expect(history.smoothed.at(-1)).toBeCloseTo(0.95 ** 14, 4);
  });

  it('leaves NaN where no loss was told, and passes over it', () => {
    const history = new LossHistory();
    history.append(2, [3, 1]);
    history.append(5, [2, Number.NaN]);
    expect([...history.raw]).toEqual([3, 1, Number.NaN, 2, Number.NaN]);
    expect(history.smoothed[2]).toBe(history.smoothed[1]);
    expect(history.recentMean(3)).toBe(2);
  });

  it('begins at any step, and takes the room of the losses alone', () => {
    const history = new LossHistory();
    const last = Number.MAX_SAFE_INTEGER - 1;
    history.append(last, [3, 1]);
    expect([history.before, history.length, [...history.raw]]).toEqual([last - 2, last, [3, 1]]);
    history.append(last + 1, [2]);
    expect([...history.raw]).toEqual([3, 1, 2]);
    history.rewind(last - 1);
    expect([history.length, [...history.raw]]).toEqual([last - 1, [3]]);
    history.rewind(7);
    expect([history.before, history.length, history.raw.length]).toEqual([7, 7, 0]);
    history.append(9, [5]);
    expect([history.before, [...history.raw]]).toEqual([8, [5]]);
  });

  it('goes on from a step it was set back to as if nothing had come after', () => {
    const [straight, back] = [new LossHistory(), new LossHistory()];
    straight.append(4, [3, 2, 1, 0.5]);
    back.append(3, [3, 7, 9]);
    back.rewind(1);
    expect(back.length).toBe(1);
    back.append(5, [2, 9, 9, 9]);
    back.append(4, [1, 0.5]);
    back.rewind(7);
    expect(back.raw).toEqual(straight.raw);
    expect(back.smoothed).toEqual(straight.smoothed);
  });

  it('has no mean before the first loss', () => {
    expect(new LossHistory().recentMean(100)).toBeNaN();
  });
});
