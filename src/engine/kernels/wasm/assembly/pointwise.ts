import { loadPart, multiplyAdd, sigmoid, siluSlope, storePart } from './arithmetic';
import { pointer, word } from './job';

/** Elements of one unit of work. */
const CHUNK: i32 = 8192;

/** Job: y = x·sigmoid(x). Units are chunks of 8,192 elements. Arguments: x, y, size. */
export function silu(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const x = pointer(job, 0);
  const y = pointer(job, 1);
  const last = min(word(job, 2), end * CHUNK);
  for (let i = begin * CHUNK; i < last; i += 4) {
    const part = min(4, last - i);
    const value = loadPart(x + i * 4, part);
    storePart(y + i * 4, f32x4.mul(value, sigmoid(value)), part);
  }
}

/** Job: dx = dy · silu′(x). Units are chunks of 8,192 elements. Arguments: dy, x, dx, size. */
export function siluGradient(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const dy = pointer(job, 0);
  const x = pointer(job, 1);
  const dx = pointer(job, 2);
  const last = min(word(job, 3), end * CHUNK);
  for (let i = begin * CHUNK; i < last; i += 4) {
    const part = min(4, last - i);
    const value = loadPart(x + i * 4, part);
    storePart(dx + i * 4, f32x4.mul(loadPart(dy + i * 4, part), siluSlope(value, sigmoid(value))), part);
  }
}

/** Job: a + b. Units are chunks of 8,192 elements. Arguments: a, b, sum, size. */
export function add(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const a = pointer(job, 0);
  const b = pointer(job, 1);
  const sum = pointer(job, 2);
  const last = min(word(job, 3), end * CHUNK);
  for (let i = begin * CHUNK; i < last; i += 4) {
    const part = min(4, last - i);
    storePart(sum + i * 4, f32x4.add(loadPart(a + i * 4, part), loadPart(b + i * 4, part)), part);
  }
}

/** Job: a[n]·x + b[n]·y. Units are images. Arguments: x, a, y, b, result, elements of an image. */
export function combine(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const size = word(job, 5);
  for (let image = begin; image < end; image++) {
    const a = v128.load32_splat(pointer(job, 1) + image * 4);
    const b = v128.load32_splat(pointer(job, 3) + image * 4);
    const offset = <usize>(image * size * 4);
    const x = pointer(job, 0) + offset;
    const y = pointer(job, 2) + offset;
    const result = pointer(job, 4) + offset;
    for (let i = 0; i < size; i += 4) {
      const part = min(4, size - i);
      const sum = multiplyAdd(a, loadPart(x + i * 4, part), f32x4.mul(b, loadPart(y + i * 4, part)));
      storePart(result + i * 4, sum, part);
    }
  }
}
