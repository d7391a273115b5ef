import { laneSum, loadPart, multiplyAdd, storePart } from './arithmetic';
import { pointer, real, word } from './job';

const BLOCK: i32 = 512;

/**
 * Job: a picture's share of mean(weight·(prediction − target)²) as float64, and its gradient. Units are pictures.
 * Arguments: prediction, target, weight, gradient, shares [N] float64, elements of a picture, 1 / all elements.
 */
export function squaredError(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const size = word(job, 5);
  for (let picture = begin; picture < end; picture++) {
    const weight = load<f32>(pointer(job, 2) + picture * 4);
    const factor = f32x4.splat(2 * weight * real(job, 6));
    const offset = <usize>(picture * size * 4);
    const prediction = pointer(job, 0) + offset;
    const target = pointer(job, 1) + offset;
    const gradient = pointer(job, 3) + offset;
    let sum: f64 = 0;
    for (let first = 0; first < size; first += BLOCK) {
      const last = min(size, first + BLOCK);
      let squares = f32x4.splat(0);
      for (let i = first; i < last; i += 4) {
        const part = min(4, last - i);
        const error = f32x4.sub(loadPart(prediction + i * 4, part), loadPart(target + i * 4, part));
        squares = multiplyAdd(error, error, squares);
        storePart(gradient + i * 4, f32x4.mul(error, factor), part);
      }
      sum += <f64>laneSum(squares);
    }
    store<f64>(pointer(job, 4) + picture * 8, sum * <f64>weight * <f64>real(job, 6));
  }
}

/** Job of one unit: the float32 sum of float64 shares, in their order. Arguments: shares, count, sum. */
export function sumShares(job: usize, _begin: i32, _end: i32, _scratch: usize): void {
  let sum: f64 = 0;
  for (let i = 0; i < word(job, 1); i++) sum += load<f64>(pointer(job, 0) + i * 8);
  store<f32>(pointer(job, 2), <f32>sum);
}
