import { expect, test } from 'vitest';
import { Random } from '../../training/random';
import { type DenseLayer, denseLayers, weightCount } from './denseLayers';
import { AdamEma, forwardPass, trainingPass } from './denseNetwork';
import { createArena } from './kernelArena';

/** Linear, SiLU, …, linear in float64, written without the kernels. */
function reference(layers: readonly DenseLayer[], weights: Float64Array, x: number[][]): number[][] {
  return layers.reduce((rows, { inputs, outputs, offset }, depth) => {
    const last = depth === layers.length - 1;
    return rows.map((row) =>
      Array.from({ length: outputs }, (_, o) => {
        let sum = weights[offset + inputs * outputs + o] as number;
        for (let i = 0; i < inputs; i++)
          sum += (row[i] as number) * (weights[offset + i * outputs + o] as number);
        return last ? sum : sum / (1 + Math.exp(-sum));
      }),
    );
  }, x);
}

async function setUp(widths: number[], rows: number) {
  const random = new Random(4);
  const layers = denseLayers(widths);
  const count = weightCount(layers);
  const arena = await createArena();
  const place = {
    weights: arena.allocate(count),
    gradients: arena.allocate(count),
    ema: arena.allocate(count),
  };
  const weights = random.normal(count).map((value) => value * 0.4);
  const x = random.normal(rows * (widths[0] as number));
  const target = random.normal(rows * (widths.at(-1) as number));
  const pass = trainingPass(arena, layers, place, rows);
  const forward = forwardPass(arena, layers, place.weights, rows);
  arena.floats(place.weights, count).set(weights);
  arena.floats(pass.input, x.length).set(x);
  arena.floats(forward.input, x.length).set(x);
  arena.floats(pass.target, target.length).set(target);
  const rowsOf = (values: Float32Array, width: number) =>
    Array.from({ length: rows }, (_, r) => [...values.subarray(r * width, (r + 1) * width)]);
  const lossOf = (values: Float64Array) => {
    const y = reference(layers, values, rowsOf(x, widths[0] as number)).flat();
    return y.reduce((sum, value, i) => sum + (value - (target[i] as number)) ** 2, 0) / y.length;
  };
  return { arena, layers, count, place, weights, pass, forward, lossOf, target, x, rowsOf };
}

test.each([
  { widths: [7, 12, 2], rows: 5 },
  { widths: [46, 33, 20, 2], rows: 70 },
])(
  'output, loss and every gradient are those of finite differences: $widths, $rows rows',
  async ({ widths, rows }) => {
    const { arena, layers, count, place, weights, pass, forward, lossOf, x, rowsOf } = await setUp(
      widths,
      rows,
    );
    const loss = pass.learn();
    const exact = Float64Array.from(weights);
    expect(Math.abs(loss / lossOf(exact) - 1)).toBeLessThan(1e-5);
    forward.run();
    const output = arena.floats(forward.output, rows * 2);
    const wanted = reference(layers, exact, rowsOf(x, widths[0] as number)).flat();
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - (output[i] as number))))).toBeLessThan(1e-4);

    const gradients = arena.floats(place.gradients, count);
    const largest = gradients.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const random = new Random(9);
    // The first and last of each layer, its bias, and some of all.
    const some = layers.flatMap(({ offset, inputs, outputs }) => [
      offset,
      offset + inputs * outputs,
      offset + (inputs + 1) * outputs - 1,
    ]);
    for (const i of [...some, ...random.integers(80, count)]) {
      const step = 1e-5;
      const at = (by: number) => lossOf(exact.map((value, k) => (k === i ? value + by : value)));
      const difference = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs(difference - (gradients[i] as number))).toBeLessThan(2e-5 * largest);
    }
  },
);

test('Adam’s first step moves every weight by the learning rate against its gradient, and the EMA follows', async () => {
  const { arena, layers, count, place, weights, pass } = await setUp([7, 12, 2], 5);
  pass.learn();
  new AdamEma(arena, layers, place).step(1, 0.01, 0.75);
  const [after, ema, gradients] = [place.weights, place.ema, place.gradients].map((at) =>
    arena.floats(at, count),
  );
  for (let i = 0; i < count; i++) {
    const moved = (after?.[i] as number) - (weights[i] as number);
    expect(moved).toBeCloseTo(-0.01 * Math.sign(gradients?.[i] as number), 4);
    expect(ema?.[i]).toBeCloseTo(0.25 * (after?.[i] as number), 5);
  }
});
