import type { AdapterTraits } from './adapterTraits';

/** A workgroup's share of a matrix product, and how it is computed. */
export interface Tile {
  rows: number;
  columns: number;
  /** What one thread computes; multiples of 4. */
  threadRows: number;
  threadColumns: number;
  /**
   * How both matrices pass through workgroup memory: so much of the inner dimension at a time, in `slices` with threads
   * of their own, which are summed at the end (depth, where there are few rows). Else each thread reads what it needs.
   */
  shared?: { inner: number; slices: number };
  /** Without workgroup memory: four threads beside each other share their rows, and what they have loaded of them. */
  quads?: boolean;
}

const four = { threadRows: 4, threadColumns: 4 };

/** For GPUs. */
const square: Tile = { rows: 64, columns: 64, ...four, shared: { inner: 16, slices: 1 } };
const tall: Tile = { rows: 64, columns: 32, ...four, shared: { inner: 16, slices: 2 } };
const flat: Tile = { rows: 32, columns: 64, ...four, shared: { inner: 16, slices: 2 } };
const small: Tile = { rows: 32, columns: 32, ...four, shared: { inner: 32, slices: 4 } };

/**
 * For adapters that run on the CPU: their workgroup memory is no nearer than any other, and barriers and loads cost
 * most, so that a thread computes as much as it can of what it has loaded.
 */
const direct8: Tile = { rows: 64, columns: 8, threadRows: 8, threadColumns: 8 };
const direct16: Tile = { rows: 64, columns: 16, threadRows: 8, threadColumns: 8 };
const direct32: Tile = { rows: 64, columns: 32, threadRows: 16, threadColumns: 8 };
const direct64: Tile = { rows: 32, columns: 64, threadRows: 8, threadColumns: 16 };
const quads: Tile = { ...direct32, quads: true };

export const tiles = { square, tall, flat, small, direct8, direct16, direct32, direct64, quads };

/** Workgroups that keep an adapter busy. */
export const enoughWorkgroups = ({ software }: AdapterTraits) => (software ? 8 : 64);

function directTile(traits: AdapterTraits, columns: number): Tile {
  const narrow = [direct8, direct16].find((tile) => columns <= tile.columns);
  if (narrow) return narrow;
  if (traits.quads) return quads;
  return columns <= direct32.columns ? direct32 : direct64;
}

/** The largest tile that neither hangs far over the matrix nor leaves the adapter idle. */
export function tileFor(traits: AdapterTraits, rows: number, columns: number, batches = 1): Tile {
  if (traits.software) return directTile(traits, columns);
  const candidates = (columns > 32 ? [square, flat] : [tall]).filter((tile) => rows > tile.rows / 2);
  const busy = (tile: Tile) => workgroupsOf(tile, rows, columns) * batches >= enoughWorkgroups(traits);
  return candidates.find(busy) ?? small;
}

/** The tile of a product that is one of many small ones. */
export const smallTile = ({ software }: AdapterTraits) => (software ? direct16 : small);

/** The tile of a product whose inner dimension can be split as much as need be. */
export function tileForLongInner(traits: AdapterTraits, columns: number): Tile {
  if (traits.software) return directTile(traits, columns);
  return columns > 32 ? square : tall;
}

export function workgroupsOf(tile: Tile, rows: number, columns: number): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
}

/** Threads that compute the whole tile once. */
export const threadsOfSlice = ({ rows, columns, threadRows, threadColumns }: Tile) =>
  (rows / threadRows) * (columns / threadColumns);

export const threadsOf = (tile: Tile) => threadsOfSlice(tile) * (tile.shared?.slices ?? 1);

export const tileKey = ({ rows, columns, shared, quads }: Tile) =>
  `${rows}×${columns} ${shared ? `${shared.slices} slices` : quads ? 'quads' : 'direct'}`;
