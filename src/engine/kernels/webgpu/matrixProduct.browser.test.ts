import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWebgpu } from '../../backend/webgpu';
import { Random } from '../../training/random';
import { type Along, counted, type Side, zeroUnless } from './factors';
import type { WebgpuKernels } from './kernels';
import { MatrixProduct } from './matrixProduct';
import type { Plan } from './plan';
import { bindings, programOf } from './program';
import { registerWebgpuKernels } from './register';
import { type Tile, tiles } from './tile';
import { reader, writer } from './vectorAccess';

/** Matrices that hang over every tile, and an inner dimension that is no multiple of any turn. */
const ROWS = 70;
const COLUMNS = 69;
const INNER = 43;

let kernels: WebgpuKernels;

beforeAll(async () => {
  await startWebgpu({ allowSoftware: true, onLost: (reason) => expect.unreachable(reason) });
  kernels = registerWebgpuKernels();
});

const layouts: [Along, Along][] = [
  ['inner', 'outer'],
  ['inner', 'inner'],
  ['outer', 'outer'],
];

/** Element (line, place) of a matrix whose rows (columns, on the right) are lines; stored so as `along` says. */
function sideOf(name: string, along: Along, lines: string): Side {
  const load: Side['load'] = (outer, inner, offset) =>
    along === 'inner'
      ? `${name}At(${outer} * u.inner + ${inner}, u.inner - ${inner})`
      : `${name}At((${inner} + ${offset}) * ${lines} + ${outer}, ${lines} - ${outer})`;
  const inside = (outer: string, inner: string) => `(${outer} < ${lines}) & (${inner} < u.inner)`;
  if (name === 'b') return { along, ...counted, load };
  return { along, ...counted, load: (...at) => zeroUnless(inside(at[0], at[1]), load(...at)) };
}

function productProgram(key: string, tile: Tile, left: Along, right: Along) {
  return programOf(`product of a test ${key}`, () => {
    const product = new MatrixProduct(tile);
    return {
      buffers: [...bindings('read', ['a', 'b']), ...bindings('read_write', ['result'])],
      uniforms: { whole: ['rows', 'columns', 'inner'] },
      subgroups: tile.quads ?? false,
      source: () => `
${product.memory}
${reader('a', false)}
${reader('b', false)}
${writer('result', false)}
@compute @workgroup_size(${product.threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  ${product.place}
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let firstColumn = i32(workgroup.y) * ${tile.columns};
  ${product.leaveOutside('u.rows', 'u.columns')}
  ${product.add({
    left: sideOf('a', left, 'u.rows'),
    right: sideOf('b', right, 'u.columns'),
    inner: left === 'inner' ? '(u.inner + 3) / 4 * 4' : 'u.inner',
  })}
  ${product.forEachBlock(
    ({ row, column, sums }) => `
    let to = firstColumn + ${column};
    if (to < u.columns) {
      ${sums
        .map(
          (sum, r) => `if (firstRow + ${row} + ${r} < u.rows) {
        setResult((firstRow + ${row} + ${r}) * u.columns + to, u.columns - to, ${sum});
      }`,
        )
        .join('\n')}
    }`,
  )}
}`,
    };
  });
}

describe.each(Object.entries(tiles))('a product in tiles %s', (name, tile: Tile) => {
  test.each(layouts)('of a left matrix along %s and a right one along %s', async (left, right) => {
    if (tile.quads && !kernels.backend.device.features.has('subgroups')) return;
    const random = new Random(1);
    const a = random.normal(ROWS * INNER);
    const b = random.normal(INNER * COLUMNS);
    const tensors = {
      a: tf.tensor1d(left === 'inner' ? a : transposed(a, ROWS, INNER)),
      b: tf.tensor1d(right === 'outer' ? b : transposed(b, INNER, COLUMNS)),
      result: tf.zeros([ROWS, COLUMNS]),
    };
    const plan: Plan = {
      program: productProgram(`${name} ${left} ${right}`, tile, left, right),
      values: { rows: ROWS, columns: COLUMNS, inner: INNER },
      workgroups: [Math.ceil(ROWS / tile.rows), Math.ceil(COLUMNS / tile.columns)],
    };
    kernels.run(plan, tensors);
    const values = await tensors.result.data();
    expect(worstError(values, a, b)).toBeLessThan(2e-5);
    tf.dispose(Object.values(tensors));
  });
});

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)] as number);
}

/** The largest difference from the product in float64. */
function worstError(values: ArrayLike<number>, a: Float32Array, b: Float32Array): number {
  let worst = 0;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      let sum = 0;
      for (let k = 0; k < INNER; k++)
        sum += (a[row * INNER + k] as number) * (b[k * COLUMNS + column] as number);
      worst = Math.max(worst, Math.abs((values[row * COLUMNS + column] as number) - sum));
    }
  }
  return worst;
}
