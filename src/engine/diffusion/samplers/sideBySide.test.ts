import { expect, test } from 'vitest';
import type { SamplerStep } from './sampler';
import { sideBySide } from './sideBySide';

async function* steps(total: number): AsyncGenerator<SamplerStep, void, void> {
  const nothing = new Float32Array();
  for (let t = total - 1; t >= 0; t--) yield { t, previous: t - 1, eps: nothing, x0: nothing, x: nothing };
}

test.each([[[20, 10]], [[7, 1000]], [[5, 5]], [[3, 11, 4]]])(
  'sides of %j steps keep step by their parts, and each takes all of its own',
  async (totals) => {
    const done = totals.map(() => 0);
    const runs = totals.map((total) => ({ total, reverse: steps(total) }));
    for await (const { side, done: of, step } of sideBySide(runs)) {
      done[side] = (done[side] as number) + 1;
      expect(of).toBe(done[side]);
      expect(step.t).toBe((totals[side] as number) - of);
      const parts = done.map((count, i) => count / (totals[i] as number));
      const largestStep = 1 / Math.min(...totals);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(largestStep + 1e-12);
    }
    expect(done).toEqual(totals);
  },
);

test('no sides have no steps', async () => {
  for await (const _ of sideBySide([])) expect.unreachable();
});
