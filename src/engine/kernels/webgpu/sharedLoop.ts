import type { Along, Factors } from './factors';
import { multiplyInto, range, sumNames } from './sums';
import { type Tile, threadsOf, threadsOfSlice } from './tile';

/** Declares workgroup memory that is enough for any product of a tile; none for one without. */
export function sharedMemory(tile: Tile): string {
  if (!tile.shared) return '';
  const factors = sizeOf(tile, tile.rows, 'inner') + sizeOf(tile, tile.columns, 'inner');
  const toSum = sumNames(tile).length * (threadsOf(tile) - threadsOfSlice(tile));
  return `var<workgroup> vectors: array<vec4<f32>, ${Math.max(factors, toSum)}>;`;
}

/**
 * A product in turns of `inner`: each thread brings one vector of each matrix to workgroup memory, from which all read.
 * The loads of the next turn are under way while this one is computed.
 */
export function sharedLoop(tile: Tile, { left, right, inner: length }: Factors): string {
  const { rows, columns } = tile;
  const { inner } = sharedOf(tile);
  const [leftRow, leftInner] = placeOf(inner, rows, left.along, (line) => line);
  const [rightColumn, rightInner] = placeOf(inner, columns, right.along, (line) => columnOf(line, columns));
  const load = `
    leftVector = ${left.load('leftOuter', 'leftInner', 0)};
    ${left.advance('leftInner', inner)}
    rightVector = ${right.load('rightOuter', 'rightInner', 0)};
    ${right.advance('rightInner', inner)}`;
  return `
  {
    ${left.outer('leftOuter', `(firstRow + ${leftRow})`)}
    ${left.inner('leftInner', leftInner)}
    ${right.outer('rightOuter', `(firstColumn + ${rightColumn})`)}
    ${right.inner('rightInner', rightInner)}
    var leftVector: vec4<f32>;
    var rightVector: vec4<f32>;
    ${load}
    let turns = (${length} + ${inner - 1}) / ${inner};
    for (var turn = 0; turn < turns; turn++) {
      workgroupBarrier();
      ${store(tile, left.along, right.along)}
      workgroupBarrier();
      ${load}
      ${multiply(tile, left.along, right.along)}
    }
  }`;
}

/** Adds up the slices in the threads of the first. */
export function sumSlices(tile: Tile): string {
  if (!tile.shared || tile.shared.slices === 1) return '';
  const ofSlice = threadsOfSlice(tile);
  const others = threadsOf(tile) - ofSlice;
  return `
  workgroupBarrier();
  if (slice > 0) {
    ${sumNames(tile)
      .map((sum, i) => `vectors[${i * others} + slot - ${ofSlice}] = ${sum};`)
      .join('\n    ')}
  }
  workgroupBarrier();
  if (slice == 0) {
    for (var at = slot; at < ${others}; at += ${ofSlice}) {
      ${sumNames(tile)
        .map((sum, i) => `${sum} += vectors[${i * others} + at];`)
        .join('\n      ')}
    }
  }`;
}

function sharedOf({ shared }: Tile) {
  if (!shared) throw new Error('This tile has no workgroup memory.');
  return shared;
}

/** Which vector a thread brings: its line (row or column) in the tile, and its place in the inner dimension. */
function placeOf(
  inner: number,
  extent: number,
  along: Along,
  lineOf: (place: string) => string,
): [line: string, inner: string] {
  return along === 'inner'
    ? [lineOf(`slot / ${inner / 4}`), `slot % ${inner / 4} * 4`]
    : [`slot % ${extent / 4} * 4`, `slot / ${extent / 4}`];
}

/** Vectors of a matrix; one more a line keeps threads that read different lines on different banks. */
function sizeOf(tile: Tile, extent: number, along: Along): number {
  const { inner } = sharedOf(tile);
  return along === 'inner' ? extent * (inner / 4 + 1) : inner * (extent / 4);
}

function store(tile: Tile, left: Along, right: Along): string {
  const { inner } = sharedOf(tile);
  const place = (along: Along) =>
    along === 'inner' ? `slot / ${inner / 4} * ${inner / 4 + 1} + slot % ${inner / 4}` : 'slot';
  const guarded = (extent: number, statement: string) => {
    const vectors = (extent * inner) / 4;
    return vectors < threadsOf(tile) ? `if (slot < ${vectors}) { ${statement} }` : statement;
  };
  return `
      ${guarded(tile.rows, `vectors[${place(left)}] = leftVector;`)}
      ${guarded(tile.columns, `vectors[${sizeOf(tile, tile.rows, left)} + ${place(right)}] = rightVector;`)}`;
}

function multiply(tile: Tile, left: Along, right: Along): string {
  const { rows, columns, threadRows, threadColumns } = tile;
  const { inner, slices } = sharedOf(tile);
  const step = left === 'inner' ? 4 : 1;
  const line = inner / 4 + 1;
  const leftPlace = (r: number) =>
    left === 'inner' ? `(row + ${r}) * ${line} + at` : `at * ${rows / 4} + (row + ${r}) / 4`;
  const rightPlace = (c: number, k: number) =>
    right === 'inner'
      ? `(${(c % 4) * (columns / 4)} + (column + ${c}) / 4) * ${line} + at`
      : `(at * ${step} + ${k}) * ${columns / 4} + (column + ${c}) / 4`;
  const rightFirst = sizeOf(tile, rows, left);
  const declare = (name: string, place: string) => `let ${name} = vectors[${place}];`;
  const leftRows = range(threadRows).filter((r) => left === 'inner' || r % 4 === 0);
  const rightColumns = range(threadColumns).filter((c) => right === 'inner' || c % 4 === 0);
  const places = right === 'inner' ? [0] : range(step);
  return `
      for (var k = 0; k < ${inner / slices / step}; k++) {
        let at = slice * ${inner / slices / step} + k;
        ${rightColumns.flatMap((c) => places.map((k) => declare(`right${c}_${k}`, `${rightFirst} + ${rightPlace(c, k)}`))).join('\n        ')}
        ${leftRows.map((r) => declare(`left${r}`, leftPlace(r))).join('\n        ')}
        ${multiplyInto(
          tile,
          { left, right },
          (r) => `left${left === 'inner' ? r : r - (r % 4)}`,
          (c, k) => `right${c}_${k}`,
        )}
      }`;
}

/** Columns lie in the order 0, 4, 8, …, 1, 5, 9, …: threads beside each other read columns that lie beside each other. */
function columnOf(place: string, columns: number): string {
  return `${place} % ${columns / 4} * 4 + ${place} / ${columns / 4}`;
}
