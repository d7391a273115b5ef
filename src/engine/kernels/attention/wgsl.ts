import { type Along, each4, MatrixProduct } from '../webgpu/matrixProduct';
import { bindings, type Program, programOf } from '../webgpu/program';
import { threadsOf, tiles } from '../webgpu/tile';
import { elementOf, reader, setterOf, writer } from '../webgpu/vectorAccess';
import { rowSums } from './rowSums';

const tile = tiles.small;
export const ROWS_OF_A_BLOCK = tile.rows;

export interface AttentionVariant {
  alignedDepth: boolean;
  alignedLength: boolean;
}

/** Weights softmax(QKᵀ/√D) of a block of queries, then their product with V. */
export function attentionProgram(variant: AttentionVariant): Program {
  return programOf(`attention ${keyOf(variant)}`, () => {
    const { depth, length } = elements(variant);
    return {
      buffers: [
        ...bindings('read', ['qkv'], depth),
        ...bindings('read_write', ['y'], depth),
        ...bindings('read_write', ['weights'], length),
      ],
      uniforms,
      source: () => `
${access(variant, { reads: ['qkv', 'weights'], writes: ['y', 'weights'] })}
${main(`
  ${product({ left: Q, right: K, to: W, scaled: true })}
  storageBarrier();
  ${eachRow(`
    var largest = -3.4e38;
    ${eachVector('largest = max(largest, largestOf(weightsAt(at, left), left));')}
    largest = largestOverLanes(largest, thread);
    var sum = 0.0;
    ${eachVector('sum += sumOf(exp(weightsAt(at, left) - largest), left);')}
    sum = sumOverLanes(sum, thread);
    ${eachVector('setWeights(at, left, exp(weightsAt(at, left) - largest) / sum);')}`)}
  storageBarrier();
  ${product({ left: W, right: V, rightAlong: 'outer', to: Y })}`)}`,
    };
  });
}

/**
 * Of a block of queries: dW = dY Vᵀ, then the gradient of the scaled scores S, dS = W (dW − Σ W dW), and dQ = dS K/√D.
 * `whole` where the block holds all queries: then dK and dV too.
 */
export function queryGradientProgram(variant: AttentionVariant, whole: boolean): Program {
  return programOf(`attention query gradient ${whole ? 'whole' : ''} ${keyOf(variant)}`, () => {
    const { depth, length } = elements(variant);
    return {
      buffers: [
        ...bindings('read', ['dy', 'qkv'], depth),
        ...bindings('read', ['weights'], length),
        ...bindings('read_write', ['scores'], length),
        ...bindings('read_write', ['gradient'], depth),
      ],
      uniforms,
      source: () => `
${access(variant, { reads: ['dy', 'qkv', 'weights', 'scores'], writes: ['scores', 'gradient'] })}
${main(`
  ${product({ left: dY, right: V, to: dS })}
  storageBarrier();
  ${eachRow(`
    var sum = 0.0;
    ${eachVector('sum += sumOf(weightsAt(at, left) * scoresAt(at, left), left);')}
    sum = sumOverLanes(sum, thread);
    ${eachVector('setScores(at, left, u.scale * weightsAt(at, left) * (scoresAt(at, left) - sum));')}`)}
  storageBarrier();
  ${product({ left: dS, right: K, rightAlong: 'outer', to: dQ })}
  ${whole ? keyGradients : ''}`)}`,
    };
  });
}

/** Of a block of keys, after the query gradient: dK = dSᵀ Q and dV = Wᵀ dY. */
export function keyGradientProgram(variant: AttentionVariant): Program {
  return programOf(`attention key gradient ${keyOf(variant)}`, () => {
    const { depth, length } = elements(variant);
    return {
      buffers: [
        ...bindings('read', ['dy', 'qkv'], depth),
        ...bindings('read', ['weights', 'scores'], length),
        ...bindings('read_write', ['gradient'], depth),
      ],
      uniforms,
      source: () => `
${access(variant, { reads: ['dy', 'qkv', 'weights', 'scores'], writes: ['gradient'] })}
${main(keyGradients)}`,
    };
  });
}

/** A matrix of one picture: `length` rows in a buffer. */
interface Matrix {
  buffer: string;
  /** Elements of a row, and from one row to the next. */
  width: 'u.length' | 'u.depth';
  stride: string;
  /** Where its rows begin. */
  column: string;
}

const ofQkv = (buffer: string, which: number): Matrix => ({
  buffer,
  width: 'u.depth',
  stride: '3 * u.depth',
  column: `${which} * u.depth`,
});
const plain = (buffer: string, width: Matrix['width']): Matrix => ({
  buffer,
  width,
  stride: width,
  column: '0',
});

const [Q, K, V] = [0, 1, 2].map((which) => ofQkv('qkv', which)) as [Matrix, Matrix, Matrix];
const [dQ, dK, dV] = [0, 1, 2].map((which) => ofQkv('gradient', which)) as [Matrix, Matrix, Matrix];
const Y = plain('y', 'u.depth');
const dY = plain('dy', 'u.depth');
const W = plain('weights', 'u.length');
const dS = plain('scores', 'u.length');

interface Product {
  left: Matrix;
  right: Matrix;
  to: Matrix;
  /** 'outer' for the transposed matrix on the left; on the right 'inner' for the transposed matrix. */
  leftAlong?: Along;
  rightAlong?: Along;
  scaled?: boolean;
}

/** All columns of a block of rows of left · right. */
function product({
  left,
  right,
  to,
  leftAlong = 'inner',
  rightAlong = 'inner',
  scaled = false,
}: Product): string {
  const multiplication = new MatrixProduct(tile, leftAlong, rightAlong);
  const inner = leftAlong === 'inner' ? left.width : 'u.length';
  const read = ({ buffer, width, stride, column }: Matrix, row: string, from: string) =>
    `${buffer}At((n * u.length + ${row}) * ${stride} + ${column} + ${from}, ${width} - ${from})`;
  return `
  {
    ${multiplication.place}
    for (var firstColumn = 0; firstColumn < ${to.width}; firstColumn += ${tile.columns}) {
      ${multiplication.clear}
      let readRow = firstRow + leftRow;
      let readColumn = firstColumn + rightColumn;
      var leftAt = leftInner;
      var rightAt = rightInner;
      ${multiplication.add({
        turns: `(${inner} + ${tile.inner - 1}) / ${tile.inner}`,
        left: `
        if (leftAt < ${inner} && readRow < u.length) {
          leftVector = ${leftAlong === 'inner' ? read(left, 'readRow', 'leftAt') : read(left, 'leftAt', 'readRow')};
        }
        leftAt += ${tile.inner};`,
        right: `
        if (rightAt < ${inner} && readColumn < ${to.width}) {
          rightVector = ${
            rightAlong === 'inner'
              ? read(right, 'readColumn', 'rightAt')
              : read(right, 'rightAt', 'readColumn')
          };
        }
        rightAt += ${tile.inner};`,
      })}
      ${multiplication.sumSlices}
      let toColumn = firstColumn + column;
      if (slice == 0 && toColumn < ${to.width}) {
        ${each4(
          (r) => `
        if (firstRow + row + ${r} < u.length) {
          let at = (n * u.length + firstRow + row + ${r}) * ${to.stride} + ${to.column} + toColumn;
          ${setterOf(to.buffer)}(at, ${to.width} - toColumn, sum${r}${scaled ? ' * u.scale' : ''});
        }`,
        )}
      }
    }
  }`;
}

const keyGradients = `
  ${product({ left: dS, leftAlong: 'outer', right: Q, rightAlong: 'outer', to: dK })}
  ${product({ left: W, leftAlong: 'outer', right: dY, rightAlong: 'outer', to: dV })}`;

/** Runs `body` with a few threads for each row of the block, which all of them reach together. */
const eachRow = (body: string) => `
  {
    let ownRow = firstRow + rowOfThread(thread);
    let rowStart = (n * u.length + ownRow) * u.length;
    let rowEnd = select(0, u.length, ownRow < u.length);
    ${body}
  }`;

/** Runs `body` for the vectors `at` of a thread's row that fall to it. */
const eachVector = (body: string) => `
    for (var k = laneOfThread(thread) * 4; k < rowEnd; k += ${4 * rowSums.lanes}) {
      let at = rowStart + k;
      let left = rowEnd - k;
      ${body}
    }`;

const main = (body: string) => `
@compute @workgroup_size(${threadsOf(tile)})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let firstRow = i32(workgroup.x) * ${ROWS_OF_A_BLOCK};
  let n = i32(workgroup.y);
  ${body}
}`;

const uniforms = { whole: ['length', 'depth'], real: ['scale'] };

function access(variant: AttentionVariant, { reads, writes }: { reads: string[]; writes: string[] }): string {
  const alignedOf = (name: string) =>
    name === 'weights' || name === 'scores' ? variant.alignedLength : variant.alignedDepth;
  return [
    MatrixProduct.memoryFor(tile),
    rowSums.wgsl,
    ...reads.map((name) => reader(name, alignedOf(name))),
    ...writes.map((name) => writer(name, alignedOf(name))),
  ].join('\n');
}

function elements({ alignedDepth, alignedLength }: AttentionVariant) {
  return { depth: elementOf(alignedDepth), length: elementOf(alignedLength) };
}

function keyOf({ alignedDepth, alignedLength }: AttentionVariant): string {
  return `${alignedDepth ? 'alignedDepth' : ''} ${alignedLength ? 'alignedLength' : ''}`;
}
