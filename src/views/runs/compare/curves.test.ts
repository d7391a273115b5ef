import { expect, test } from 'vitest';
import { LossHistory } from '../../../store/lossHistory';
import { thinnedLosses } from '../record/thinnedLosses';
import { madeRun } from '../testing/madeRun';
import { imagesSeen, interpolated } from './axes';
import { errorSeries, heldOutSeries, lossSeries, smoothed } from './curves';

const lossesOf = (...losses: number[]) => {
  const history = new LossHistory();
  history.append(losses.length, losses);
  return thinnedLosses(history);
};

test('images seen follow a batch size that was changed on the way', () => {
  const changes = [
    { step: 10, batch: 32 },
    { step: 30, batch: 8 },
  ];
  expect([5, 10, 20, 40].map((step) => imagesSeen(step, 64, changes))).toEqual([320, 640, 960, 1360]);
});

test('between points a curve is a line, and beyond them it stays', () => {
  const at = (x: number) => interpolated([1, 3, 7], [10, 20, 0], x);
  expect([0, 1, 2, 3, 5, 7, 9].map(at)).toEqual([10, 10, 15, 20, 10, 0, 0]);
});

test('the smoothed loss of a constant is that constant, and it begins as a plain mean', () => {
  expect(smoothed(madeRun({}, { losses: lossesOf(2, 2, 2, 2) }).body, 50)).toEqual([2, 2, 2, 2]);
  const [first, second] = smoothed(madeRun({}, { losses: lossesOf(1, 3) }).body, 1e6);
  expect(first).toBe(1);
  expect(second).toBeCloseTo(2, 5);
});

test('runs share one x; a short one ends where it ended; two of one colour are told apart by their strokes', () => {
  const runs = [
    madeRun({ name: 'A', colour: 1 }, { losses: lossesOf(4, 3, 2, 1) }),
    madeRun({ name: 'B', colour: 1 }, { losses: lossesOf(8, 6) }),
  ];
  const series = lossSeries(runs, { axis: 'steps', curves: 'raw', smoothing: 1 });
  expect(series.map(({ label, x, y }) => [label, [...x], [...y]])).toEqual([
    ['A', [1, 2, 3, 4], [4, 3, 2, 1]],
    ['B', [1, 2], [8, 6]],
  ]);
  expect(series.map(({ colorToken }) => colorToken)).toEqual(['--series-2', '--series-2']);
  expect(series[0]?.dash).not.toEqual(series[1]?.dash);
});

test('raw curves stand pale behind smoothed ones, and lose no spike of a long run', () => {
  const losses = Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 50 : 1));
  const run = madeRun({}, { losses: lossesOf(...losses) });
  const [raw, smooth] = lossSeries([run], { axis: 'steps', curves: 'both', smoothing: 10 });
  expect([raw?.faint, smooth?.faint]).toEqual([true, false]);
  expect(raw?.x.length).toBeLessThanOrEqual(800);
  const greatest = (of: typeof raw) => Math.max(...(of?.y ?? []));
  expect(greatest(raw)).toBeGreaterThan(40);
});

test('by time, a run at half the speed ends at twice the time', () => {
  const times = (factor: number) => [1, 2, 3].map((step) => ({ step, seconds: factor * step }));
  const runs = [1, 2].map((factor) =>
    madeRun(
      {},
      {
        losses: lossesOf(3, 2, 1),
        times: times(factor),
        heldOut: [
          { step: 1, loss: 2 },
          { step: 3, loss: 1 },
        ],
      },
    ),
  );
  const ends = heldOutSeries(runs, 'time').map(({ x }) => x.at(-1) as number);
  expect(ends[0]).toBeCloseTo(3, 1);
  expect(ends[1]).toBe(6);
});

test('errors stand in the middle of their intervals of t', () => {
  const [one] = errorSeries([madeRun({}, { lossByTime: [0.5, Number.NaN, 0.25, 0.125] })]);
  expect([[...(one?.x ?? [])], [...(one?.y ?? [])]]).toEqual([
    [125, 625, 875],
    [0.5, 0.25, 0.125],
  ]);
});
