import type { Factors, Side } from './factors';
import { multiplyInto, range } from './sums';
import type { Tile } from './tile';

/** A product in which each thread, or each four that share their rows, read what they need of both matrices. */
export function directLoop(tile: Tile, { left, right, inner }: Factors): string {
  const step = left.along === 'inner' ? 4 : 1;
  const rightColumns = range(tile.threadColumns).filter((c) => right.along === 'inner' || c % 4 === 0);
  const places = right.along === 'inner' ? [0] : range(step);
  const rows = (tile.quads ? sharedRows : ownRows)(tile, left);
  const lines = (statements: string[]) => statements.join('\n      ');
  return `
  {
    ${rows.places}
    ${lines(rightColumns.map((c) => right.outer(`rightOuter${c}_`, `(firstColumn + column + ${c})`)))}
    ${left.inner('leftInner', '0')}
    ${right.inner('rightInner', '0')}
    let turns = (${inner} + ${step - 1}) / ${step};
    for (var turn = 0; turn < turns; turn++) {
      ${lines(
        rightColumns.flatMap((c) =>
          places.map((k) => `let right${c}_${k} = ${right.load(`rightOuter${c}_`, 'rightInner', k)};`),
        ),
      )}
      ${rows.loads}
      ${left.advance('leftInner', step)}
      ${right.advance('rightInner', step)}
      ${multiplyInto(
        tile,
        { left: left.along, right: right.along },
        (r) => `left${left.along === 'inner' ? r : r - (r % 4)}`,
        (c, k) => `right${c}_${k}`,
      )}
    }
  }`;
}

/** Vectors that a thread needs of its rows: one a row, or one for four rows. */
function vectorsOf(tile: Tile, left: Side): number[] {
  return range(tile.threadRows).filter((r) => left.along === 'inner' || r % 4 === 0);
}

function ownRows(tile: Tile, left: Side) {
  const vectors = vectorsOf(tile, left);
  return {
    places: vectors.map((r) => left.outer(`leftOuter${r}_`, `(firstRow + row + ${r})`)).join('\n    '),
    loads: vectors
      .map((r) => `let left${r} = ${left.load(`leftOuter${r}_`, 'leftInner', 0)};`)
      .join('\n      '),
  };
}

/** Of each four vectors, every thread of a quad loads one. */
function sharedRows(tile: Tile, left: Side) {
  const vectors = vectorsOf(tile, left);
  const step = left.along === 'inner' ? 1 : 4;
  const own = range(vectors.length / 4);
  const row = (i: number) => `(firstRow + row + ${i * 4 * step} + slot % 4 * ${step})`;
  return {
    places: own.map((i) => left.outer(`leftOuter${i}_`, row(i))).join('\n    '),
    loads: [
      ...own.map((i) => `let own${i} = ${left.load(`leftOuter${i}_`, 'leftInner', 0)};`),
      ...vectors.map((r, i) => `let left${r} = quadBroadcast(own${Math.floor(i / 4)}, ${i % 4}u);`),
    ].join('\n      '),
  };
}
