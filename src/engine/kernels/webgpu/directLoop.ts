import type { Factors } from './factors';
import { multiplyInto, range } from './sums';
import type { Tile } from './tile';

/** A product in which each thread reads what it needs of both matrices, on its own. */
export function directLoop(tile: Tile, { left, right, inner }: Factors): string {
  const step = left.along === 'inner' ? 4 : 1;
  const leftRows = range(tile.threadRows).filter((r) => left.along === 'inner' || r % 4 === 0);
  const rightColumns = range(tile.threadColumns).filter((c) => right.along === 'inner' || c % 4 === 0);
  const places = right.along === 'inner' ? [0] : range(step);
  const lines = (statements: string[]) => statements.join('\n      ');
  return `
  {
    ${lines(leftRows.map((r) => left.outer(`leftOuter${r}_`, `(firstRow + row + ${r})`)))}
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
      ${lines(leftRows.map((r) => `let left${r} = ${left.load(`leftOuter${r}_`, 'leftInner', 0)};`))}
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
