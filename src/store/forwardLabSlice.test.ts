import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createDiffusion } from '../engine/diffusion/diffusion';
import { parseDrawnSchedule } from '../engine/diffusion/schedules/drawn';
import { createForwardLabSlice, type ForwardLabSlice, scheduleIdOf } from './forwardLabSlice';

const page = () => createStore<ForwardLabSlice>()((...parts) => createForwardLabSlice(...parts));
const points = (store: ReturnType<typeof page>) =>
  parseDrawnSchedule(scheduleIdOf('drawn', store.getState().forwardLab));

test('a point stays between its neighbours, wherever it is dragged', () => {
  const store = page();
  for (const [index, to] of [
    [3, 2],
    [0, -1],
    [7, 0],
    [7, -5],
    [4, 0.77777],
  ] as const) {
    store.getState().drawPoint(index, to);
    expect(points(store)).not.toBeNull();
  }
});

test('the shape of any schedule can be copied and is close to it', () => {
  for (const id of ['linear', 'cosine', 'sigmoid', 'zeroTerminal'] as const) {
    const store = page();
    const { alphaBar } = createDiffusion(id, 800);
    store.getState().copyToDrawing((u) => alphaBar[Math.round(u * 800) - 1] as number);
    points(store)?.forEach((value, i) => {
      expect(Math.abs(value - (alphaBar[(i + 1) * 100 - 1] as number))).toBeLessThan(0.01);
    });
    expect(points(store)).toHaveLength(8);
  }
});
