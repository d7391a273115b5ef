import { type Along, counted, type Side, zeroUnless } from '../webgpu/factors';
import { MatrixProduct } from '../webgpu/matrixProduct';
import { bindings, type Program, programOf } from '../webgpu/program';
import { type Tile, threadsOf, tileKey } from '../webgpu/tile';
import { elementOf, reader, setterOf, writer } from '../webgpu/vectorAccess';
import { eachRow, eachVector, rowFunctions } from './rows';

export interface AttentionVariant {
  /** Its rows are the queries (or keys) of a workgroup. */
  tile: Tile;
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
${main(
  variant.tile,
  `
  ${product(variant.tile, { left: Q, right: K, to: W, scaled: true })}
  storageBarrier();
  ${eachRow(
    variant.tile,
    `
    var largest = -3.4e38;
    ${eachVector(variant.tile, 'largest = max(largest, largestOf(weightsAt(at, left), left));')}
    largest = largestOverLanes(largest, thread);
    var sum = 0.0;
    ${eachVector(variant.tile, 'sum += sumOf(exp(weightsAt(at, left) - largest), left);')}
    sum = sumOverLanes(sum, thread);
    ${eachVector(variant.tile, 'setWeights(at, left, exp(weightsAt(at, left) - largest) / sum);')}`,
  )}
  storageBarrier();
  ${product(variant.tile, { left: W, right: V, rightAlong: 'outer', to: Y })}`,
)}`,
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
${main(
  variant.tile,
  `
  ${product(variant.tile, { left: dY, right: V, to: dS })}
  storageBarrier();
  ${eachRow(
    variant.tile,
    `
    var sum = 0.0;
    ${eachVector(variant.tile, 'sum += sumOf(weightsAt(at, left) * scoresAt(at, left), left);')}
    sum = sumOverLanes(sum, thread);
    ${eachVector(variant.tile, 'setScores(at, left, u.scale * weightsAt(at, left) * (scoresAt(at, left) - sum));')}`,
  )}
  storageBarrier();
  ${product(variant.tile, { left: dS, right: K, rightAlong: 'outer', to: dQ })}
  ${whole ? keyGradients(variant.tile) : ''}`,
)}`,
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
${main(variant.tile, keyGradients(variant.tile))}`,
    };
  });
}

/** A matrix of one image: `length` rows in a buffer. */
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
function product(
  tile: Tile,
  { left, right, to, leftAlong = 'inner', rightAlong = 'inner', scaled = false }: Product,
): string {
  const multiplication = new MatrixProduct(tile);
  const inner = leftAlong === 'inner' ? left.width : 'u.length';
  return `
  {
    ${multiplication.place}
    for (var firstColumn = 0; firstColumn < ${to.width}; firstColumn += ${tile.columns}) {
      ${multiplication.clear}
      ${multiplication.add({
        left: sideOf(left, leftAlong, inner),
        right: sideOf(right, rightAlong),
        inner,
      })}
      ${multiplication.forEachBlock(
        ({ row, column, sums }) => `
        let toColumn = firstColumn + ${column};
        if (toColumn < ${to.width}) {
          ${sums
            .map(
              (sum, r) => `
          if (firstRow + ${row} + ${r} < u.length) {
            let at = (n * u.length + firstRow + ${row} + ${r}) * ${to.stride} + ${to.column} + toColumn;
            ${setterOf(to.buffer)}(at, ${to.width} - toColumn, ${sum}${scaled ? ' * u.scale' : ''});
          }`,
            )
            .join('')}
        }`,
      )}
    }
  }`;
}

/** A matrix as one side of a product: its rows lie along the inner dimension, or its columns do. */
function sideOf({ buffer, width, stride, column }: Matrix, along: Along, end?: string): Side {
  const load = (outer: string, inner: string, offset: number) => {
    const [row, place] = along === 'inner' ? [outer, inner] : [`(${inner} + ${offset})`, outer];
    return `${buffer}At((n * u.length + ${row}) * ${stride} + ${column} + ${place}, ${width} - ${place})`;
  };
  if (!end) return { along, ...counted, load };
  return {
    along,
    ...counted,
    load: (...at) => zeroUnless(`(${at[0]} < u.length) & (${at[1]} + ${at[2]} < ${end})`, load(...at)),
  };
}

const keyGradients = (tile: Tile) => `
  ${product(tile, { left: dS, leftAlong: 'outer', right: Q, rightAlong: 'outer', to: dK })}
  ${product(tile, { left: W, leftAlong: 'outer', right: dY, rightAlong: 'outer', to: dV })}`;

const main = (tile: Tile, body: string) => `
@compute @workgroup_size(${threadsOf(tile)})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let n = i32(workgroup.y);
  ${body}
}`;

const uniforms = { whole: ['length', 'depth'], real: ['scale'] };

function access(variant: AttentionVariant, { reads, writes }: { reads: string[]; writes: string[] }): string {
  const alignedOf = (name: string) =>
    name === 'weights' || name === 'scores' ? variant.alignedLength : variant.alignedDepth;
  return [
    new MatrixProduct(variant.tile).memory,
    rowFunctions(variant.tile),
    ...reads.map((name) => reader(name, alignedOf(name))),
    ...writes.map((name) => writer(name, alignedOf(name))),
  ].join('\n');
}

function elements({ alignedDepth, alignedLength }: AttentionVariant) {
  return { depth: elementOf(alignedDepth), length: elementOf(alignedLength) };
}

function keyOf({ tile, alignedDepth, alignedLength }: AttentionVariant): string {
  return `${tileKey(tile)} ${alignedDepth ? 'alignedDepth' : ''} ${alignedLength ? 'alignedLength' : ''}`;
}
