import type { Along } from './factors';
import type { Tile } from './tile';

export const range = (length: number) => Array.from({ length }, (_, index) => index);

/** The sums of a thread's row, for its vector `column4` of columns. */
export const sumName = (row: number, column4: number) => `sum${row}_${column4}`;

export function sumNames({ threadRows, threadColumns }: Tile): string[] {
  return range(threadRows).flatMap((r) => range(threadColumns / 4).map((c) => sumName(r, c)));
}

/**
 * WGSL that adds to the sums. `left` and `right` name vectors: along 'outer', those of four rows (columns); along
 * 'inner', those of a row (column), or of the right matrix at each of the four inner places that go with it.
 */
export function multiplyInto(
  { threadRows, threadColumns }: Tile,
  { left, right }: { left: Along; right: Along },
  leftOf: (row: number) => string,
  rightOf: (column: number, inner: number) => string,
): string {
  const columns4 = range(threadColumns / 4);
  const statements = range(threadRows).flatMap((r) =>
    columns4.map((c) => {
      const sum = sumName(r, c);
      if (left === 'outer')
        return `${sum} = fma(vec4(${leftOf(r)}[${r % 4}]), ${rightOf(4 * c, 0)}, ${sum});`;
      const a = leftOf(r);
      if (right === 'inner') {
        return `${sum} += vec4(${range(4)
          .map((i) => `dot(${a}, ${rightOf(4 * c + i, 0)})`)
          .join(', ')});`;
      }
      const products = range(4).reduce((to, k) => `fma(vec4(${a}[${k}]), ${rightOf(4 * c, k)}, ${to})`, sum);
      return `${sum} = ${products};`;
    }),
  );
  return statements.join('\n');
}
