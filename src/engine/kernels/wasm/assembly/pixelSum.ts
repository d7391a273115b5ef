import { loadPart, storePart } from './arithmetic';
import { pointer, word } from './job';

/** Rows between two additions to the sum in memory. */
const BLOCK: i32 = 128;

/** target[column] += Σ over `rows` rows of `columns` floats each. */
function addColumnSums(source: usize, rows: i32, columns: i32, target: usize): void {
  const bytes = <usize>(columns * 4);
  let column = 0;
  for (; column + 16 <= columns; column += 16) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let row = source + column * 4;
    for (let r = 0; r < rows; r++) {
      a = f32x4.add(a, v128.load(row));
      b = f32x4.add(b, v128.load(row, 16));
      c = f32x4.add(c, v128.load(row, 32));
      d = f32x4.add(d, v128.load(row, 48));
      row += bytes;
    }
    const sums = target + column * 4;
    v128.store(sums, f32x4.add(v128.load(sums), a));
    v128.store(sums, f32x4.add(v128.load(sums, 16), b), 16);
    v128.store(sums, f32x4.add(v128.load(sums, 32), c), 32);
    v128.store(sums, f32x4.add(v128.load(sums, 48), d), 48);
  }
  for (; column < columns; column += 4) {
    const part = min(4, columns - column);
    let a = f32x4.splat(0);
    let row = source + column * 4;
    for (let r = 0; r < rows; r++) {
      a = f32x4.add(a, loadPart(row, part));
      row += bytes;
    }
    const sums = target + column * 4;
    storePart(sums, f32x4.add(loadPart(sums, part), a), part);
  }
}

/** target[column] = Σ over `rows` rows of `columns` floats each, a block after the other. */
export function sumColumns(source: usize, rows: i32, columns: i32, target: usize): void {
  memory.fill(target, 0, columns * 4);
  for (let first = 0; first < rows; first += BLOCK) {
    addColumnSums(source + first * columns * 4, min(BLOCK, rows - first), columns, target);
  }
}

/** Job: Σ over the pixels of each image, [N, pixels, C] → [N, C]. Units are images. Arguments: dy, sums, pixels, C. */
export function pixelSum(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const pixels = word(job, 2);
  const channels = word(job, 3);
  for (let image = begin; image < end; image++) {
    const source = pointer(job, 0) + image * pixels * channels * 4;
    sumColumns(source, pixels, channels, pointer(job, 1) + image * channels * 4);
  }
}
