import { heldOutSeries, lossSeries } from '../../src/views/runs/compare/curves';
import type { Run } from '../../src/views/runs/record/run';
import { runsGroup } from '../../src/views/runs/settings';
import { Canvas, type Colour } from './canvas';

type Curve = ReturnType<typeof lossSeries>[number];

/** The colours of runs on white, as tokens.css has them. */
const colours: Readonly<Record<string, Colour>> = {
  '--series-1': [0x00, 0x67, 0xa3],
  '--series-2': [0xb0, 0x4a, 0x00],
  '--series-3': [0x00, 0x78, 0x5a],
  '--series-4': [0xa6, 0x47, 0x7b],
  '--series-5': [0x8a, 0x61, 0x00],
  '--series-6': [0x55, 0x5a, 0x60],
};
const INK: Colour = [0x33, 0x33, 0x33];
const GRID: Colour = [0xdd, 0xdd, 0xdd];

const SIZE = { width: 960, height: 420 };
const MARGIN = { left: 84, right: 24, top: 16, bottom: 36 };

/** The curves of runs over steps on a logarithmic axis: the smoothed training losses, and below them those on held-out images. */
export function curvesPng(runs: readonly Run[]): Uint8Array {
  const training = lossSeries(runs, { ...runsGroup.defaults, axis: 'steps', curves: 'smoothed' });
  const plots = [training, heldOutSeries(runs, 'steps')].filter((curves) =>
    curves.some(({ x }) => x.length > 0),
  );
  const canvas = new Canvas(SIZE.width, SIZE.height * Math.max(1, plots.length));
  plots.forEach((curves, i) => {
    draw(canvas, i * SIZE.height, curves);
  });
  return canvas.png();
}

function draw(canvas: Canvas, top: number, curves: readonly Curve[]): void {
  const points = curves.map(({ x, y }) =>
    Array.from(x, (step, i) => [step, y[i] as number] as const).filter(([, loss]) => loss > 0),
  );
  const all = points.flat();
  if (all.length === 0) return;
  const [first, last] = rangeOf(all.map(([step]) => step));
  const [low, high] = rangeOf(all.map(([, loss]) => Math.log(loss)));
  const [width, height] = [SIZE.width - MARGIN.left - MARGIN.right, SIZE.height - MARGIN.top - MARGIN.bottom];
  const across = (step: number) => MARGIN.left + (width * (step - first)) / (last - first);
  const down = (log: number) => top + MARGIN.top + (height * (high - log)) / (high - low);
  for (const step of ticks(first, last)) {
    const x = Math.round(across(step));
    canvas.fill(x, top + MARGIN.top, 1, height, GRID);
    canvas.number(String(step), x, top + SIZE.height - MARGIN.bottom + 10, INK, 'middle');
  }
  for (const loss of lossTicks(Math.exp(low), Math.exp(high))) {
    const y = Math.round(down(Math.log(loss)));
    canvas.fill(MARGIN.left, y, width, 1, GRID);
    canvas.number(String(loss), MARGIN.left - 8, y - 5, INK, 'right');
  }
  canvas.fill(MARGIN.left, top + MARGIN.top, 1, height, INK);
  canvas.fill(MARGIN.left, top + MARGIN.top + height, width, 1, INK);
  curves.forEach(({ colorToken, dash }, i) => {
    const line = points[i]?.map(([step, loss]) => [across(step), down(Math.log(loss))] as const) ?? [];
    const colour = colours[colorToken] ?? INK;
    canvas.line(line.length === 1 ? [...line, ...line] : line, colour, 2, dash ?? []);
    if (line.length < 40)
      for (const [x, y] of line) canvas.fill(Math.round(x) - 3, Math.round(y) - 3, 6, 6, colour);
  });
}

/** The least and the greatest value, apart from each other. */
function rangeOf(values: readonly number[]): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  return least < greatest ? [least, greatest] : [least - 0.5, greatest + 0.5];
}

/** About six whole numbers, 1, 2 or 5 times a power of ten apart. */
export function ticks(first: number, last: number): number[] {
  const rough = Math.max(1, (last - first) / 6);
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) as number;
  const start = Math.ceil(first / distance);
  return Array.from({ length: Math.floor(last / distance) - start + 1 }, (_, i) => (start + i) * distance);
}

/** Up to about eight losses: 1, 2 and 5 times powers of ten, or evenly spaced ones where these are too few. */
export function lossTicks(low: number, high: number): number[] {
  const powers = Array.from({ length: 40 }, (_, i) => i - 20);
  const within = (factors: readonly number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(2))))
      .filter((loss) => loss >= low && loss <= high);
  const chosen = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1]]
    .map(within)
    .find(({ length }) => length <= 8);
  if (chosen && chosen.length >= 3) return chosen;
  const digits = Math.max(2, 1 - Math.floor(Math.log10((high - low) / high)));
  return [0, 1, 2, 3].map((i) => Number((low + ((high - low) * i) / 3).toPrecision(digits)));
}
