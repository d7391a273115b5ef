import { expect, test } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { parseDrawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { forwardLabGroup } from './settings';
import { drawingOf, scheduleIdOf, withPoint } from './state';

const points = (drawn: readonly number[]) => parseDrawnSchedule(scheduleIdOf('drawn', { drawn }));

test('a point stays between its neighbours, wherever it is dragged', () => {
  let { drawn } = forwardLabGroup.defaults;
  for (const [index, to] of [
    [3, 2],
    [0, -1],
    [7, 0],
    [7, -5],
    [4, 0.77777],
  ] as const) {
    drawn = withPoint(drawn, index, to);
    expect(points(drawn)).not.toBeNull();
  }
});

test('the shape of any schedule can be copied and is close to it', () => {
  for (const id of ['linear', 'cosine', 'sigmoid', 'zeroTerminal'] as const) {
    const { alphaBar } = createDiffusion(id, 800);
    const drawn = drawingOf((u) => alphaBar[Math.round(u * 800) - 1] as number);
    points(drawn)?.forEach((value, i) => {
      expect(Math.abs(value - (alphaBar[(i + 1) * 100 - 1] as number))).toBeLessThan(0.01);
    });
    expect(points(drawn)).toHaveLength(8);
  }
});
