import { laneSum, loadPart, multiplyAdd, storePart } from './arithmetic';
import { pointer, real, word } from './job';

const BLOCK: i32 = 512;

/**
 * Job: an image's share of mean(weight·(prediction − target)²), and its gradient. Units are images. Arguments:
 * prediction, target, weight, gradient, shares [N], elements of an image, 1 / all elements.
 */
export function squaredError(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const size = word(job, 5);
  for (let image = begin; image < end; image++) {
    const weight = load<f32>(pointer(job, 2) + image * 4);
    const factor = f32x4.splat(2 * weight * real(job, 6));
    const offset = <usize>(image * size * 4);
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
    store<f32>(pointer(job, 4) + image * 4, <f32>(sum * <f64>weight * <f64>real(job, 6)));
  }
}
