import { directLoop } from './directLoop';
import type { Factors } from './factors';
import { sharedLoop, sharedMemory, sumSlices } from './sharedLoop';
import { range, sumName, sumNames } from './sums';
import { type Tile, threadsOf, threadsOfSlice } from './tile';

/** Four rows (named by their sums) by four columns (their vectors) of a thread's share. */
export interface Block {
  /** WGSL of the first row and column in the tile. */
  row: string;
  column: string;
  sums: [string, string, string, string];
}

/** WGSL of a tile of a matrix product by one workgroup, for use in `main` with `thread`, the index in the workgroup. */
export class MatrixProduct {
  readonly threads: number;
  #tile: Tile;

  constructor(tile: Tile) {
    this.#tile = tile;
    this.threads = threadsOf(tile);
  }

  /** Declares the workgroup memory, if there is any. */
  get memory(): string {
    return sharedMemory(this.#tile);
  }

  /** Declares where the thread computes and the sums, which are zero. */
  get place(): string {
    const { columns, threadRows, threadColumns } = this.#tile;
    const across = columns / threadColumns;
    return `
  let slot = i32(thread);
  let slice = slot / ${threadsOfSlice(this.#tile)};
  let inSlice = slot % ${threadsOfSlice(this.#tile)};
  let row = inSlice / ${across} * ${threadRows};
  let column = inSlice % ${across} * ${threadColumns};
  ${sumNames(this.#tile)
    .map((sum) => `var ${sum} = vec4<f32>(0);`)
    .join('\n  ')}`;
  }

  /** Ends threads that have nothing to compute; only where they share nothing with the others. */
  leaveOutside(rows: string, columns: string): string {
    const { shared, quads } = this.#tile;
    if (shared) return '';
    if (quads) return `if (firstRow + row >= ${rows}) { return; }`;
    return `if (firstRow + row >= ${rows} || firstColumn + column >= ${columns}) { return; }`;
  }

  /** Sets the sums to zero again. */
  get clear(): string {
    return sumNames(this.#tile)
      .map((sum) => `${sum} = vec4<f32>(0);`)
      .join('\n  ');
  }

  /** Adds a product to the sums; the tile begins at `firstRow` and `firstColumn`. */
  add(factors: Factors): string {
    return (this.#tile.shared ? sharedLoop : directLoop)(this.#tile, factors);
  }

  /** Runs `body` for the blocks of the tile, once their sums are whole, in the threads that have them. */
  forEachBlock(body: (block: Block) => string): string {
    const { threadRows, threadColumns } = this.#tile;
    const blocks = range(threadRows / 4).flatMap((r) =>
      range(threadColumns / 4).map((c) =>
        body({
          row: `(row + ${4 * r})`,
          column: `(column + ${4 * c})`,
          sums: range(4).map((i) => sumName(4 * r + i, c)) as Block['sums'],
        }),
      ),
    );
    return `
  ${sumSlices(this.#tile)}
  if (slice == 0) {
    ${blocks.map((block) => `{ ${block} }`).join('\n    ')}
  }`;
  }
}
