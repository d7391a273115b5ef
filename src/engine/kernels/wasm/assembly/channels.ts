import { loadPart, storePart } from './arithmetic';
import { pointer, word } from './job';

/** Rows of one unit of work. */
const ROWS: i32 = 256;

/** Job: rows [a, b] side by side. Units are 256 rows. Arguments: a, b, joined, rows, columns of a, columns of b. */
export function joinChannels(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const left = word(job, 4) * 4;
  const right = word(job, 5) * 4;
  const last = min(word(job, 3), end * ROWS);
  for (let row = begin * ROWS; row < last; row++) {
    const joined = pointer(job, 2) + row * (left + right);
    copy(pointer(job, 0) + row * left, joined, left);
    copy(pointer(job, 1) + row * right, joined + left, right);
  }
}

/** Job: the inverse of joinChannels, with the same arguments. */
export function splitChannels(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const left = word(job, 4) * 4;
  const right = word(job, 5) * 4;
  const last = min(word(job, 3), end * ROWS);
  for (let row = begin * ROWS; row < last; row++) {
    const joined = pointer(job, 2) + row * (left + right);
    copy(joined, pointer(job, 0) + row * left, left);
    copy(joined + left, pointer(job, 1) + row * right, right);
  }
}

/** Rows are short: a loop beats a call of the engine's memory.copy. */
// @ts-ignore: decorator
@inline
function copy(source: usize, target: usize, bytes: i32): void {
  let i = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(target + i, v128.load(source + i));
  if (i < bytes) storePart(target + i, loadPart(source + i, (bytes - i) >> 2), (bytes - i) >> 2);
}
