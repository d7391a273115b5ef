/** A workgroup's share of a matrix product: rows × columns of it, each thread computing 4 × 4. */
export interface Tile {
  rows: number;
  columns: number;
  /** Length of the inner dimension that is held in workgroup memory at a time. */
  inner: number;
  /** Parts of `inner`, each with its own threads, that are summed at the end: depth where there are few rows. */
  slices: number;
}

export const tiles = {
  square: { rows: 64, columns: 64, inner: 16, slices: 1 },
  tall: { rows: 64, columns: 32, inner: 16, slices: 2 },
  flat: { rows: 32, columns: 64, inner: 16, slices: 2 },
  small: { rows: 32, columns: 32, inner: 32, slices: 4 },
} as const satisfies Record<string, Tile>;

/** Workgroups that keep a GPU busy. */
export const ENOUGH_WORKGROUPS = 64;

/** The largest tile that neither hangs far over the matrix nor leaves the GPU idle. */
export function tileFor(rows: number, columns: number, batches = 1): Tile {
  const { square, tall, flat, small } = tiles;
  const wide = columns > 32 ? [square, flat] : [tall];
  const fitting = wide.filter(({ rows: height }) => rows > height / 2);
  return fitting.find((tile) => workgroupsOf(tile, rows, columns) * batches >= ENOUGH_WORKGROUPS) ?? small;
}

export function workgroupsOf(tile: Tile, rows: number, columns: number): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
}

export const threadsOf = ({ rows, columns, slices }: Tile) => ((rows * columns) / 16) * slices;

export const tileKey = ({ rows, columns, slices }: Tile) => `${rows}×${columns}×${slices}`;
