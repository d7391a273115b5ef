import { loadPart, storePart } from './arithmetic';
import { multiplyTile, NO_RESIDUAL, TILE_COLUMNS, TILE_ROWS } from './tile';

/** Bytes of scratch that multiplyRows needs: a tile of floats and four pointers to its rows. */
export const TILE_SCRATCH: usize = 144;

/**
 * Output rows = gathered input rows × packed matrix, for `count` rows. `tables` holds, for each four rows, `taps` × 4
 * pointers to `channels` floats (the last tile filled up with any valid pointers); `outputs` a pointer a row (also
 * filled up); `panels` the matrix [taps·channels, columns] as packPanels leaves it. See multiplyTile for base
 * (padded to whole panels) and residual.
 */
export function multiplyRows(
  tables: usize,
  taps: i32,
  channels: i32,
  panels: usize,
  columns: i32,
  outputs: usize,
  count: i32,
  base: usize,
  residual: usize,
  scratch: usize,
): void {
  const tableBytes = <usize>(taps * 16);
  const panelBytes = <usize>(taps * channels * TILE_COLUMNS * 4);
  const tileRows = scratch + 128;
  for (let r = 0; r < TILE_ROWS; r++) store<usize>(tileRows + r * 4, scratch + r * TILE_COLUMNS * 4);
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    let table = tables;
    let output = outputs;
    const offset = <usize>(column * 4);
    const baseTile = base ? base + offset : 0;
    for (let row = 0; row < count; row += TILE_ROWS) {
      if (row + TILE_ROWS <= count && column + TILE_COLUMNS <= columns) {
        multiplyTile(table, taps, channels, panels, output, offset, baseTile, residual);
      } else {
        multiplyTile(table, taps, channels, panels, tileRows, 0, baseTile, NO_RESIDUAL);
        storeEdge(output, offset, min(TILE_ROWS, count - row), min(TILE_COLUMNS, columns - column), residual, scratch);
      }
      table += tableBytes;
      output += TILE_ROWS * 4;
    }
    panels += panelBytes;
  }
}

/** Copies the rows and columns of a tile that exist to their outputs, adding the residual. */
function storeEdge(output: usize, offset: usize, rows: i32, columns: i32, residual: usize, tile: usize): void {
  for (let r = 0; r < rows; r++) {
    const target = load<usize>(output + r * 4) + offset;
    for (let c = 0; c < columns; c += 4) {
      const part = min(4, columns - c);
      const place = target + c * 4;
      let x = v128.load(tile + (r * TILE_COLUMNS + c) * 4);
      if (residual != NO_RESIDUAL) x = f32x4.add(x, loadPart(place + residual, part));
      storePart(place, x, part);
    }
  }
}
