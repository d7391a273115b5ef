import { loadPart, multiplyAdd, multiplySubtract, storePart } from './arithmetic';
import { pointer, real } from './job';

/**
 * Job: one Adam and one EMA step in place. Units are entries of a table: parameter, gradient, m, v, EMA (pointers),
 * count. Arguments: 0 table, 1 β₁, 2 1−β₁, 3 β₂, 4 1−β₂, 5 step size, 6 1/√(1−β₂ᵏ), 7 ε, 8 d, 9 1−d.
 */
export function adamEma(job: usize, begin: i32, end: i32, _scratch: usize): void {
  const beta1 = f32x4.splat(real(job, 1));
  const fresh1 = f32x4.splat(real(job, 2));
  const beta2 = f32x4.splat(real(job, 3));
  const fresh2 = f32x4.splat(real(job, 4));
  const stepSize = f32x4.splat(real(job, 5));
  const correction = f32x4.splat(real(job, 6));
  const epsilon = f32x4.splat(real(job, 7));
  const decay = f32x4.splat(real(job, 8));
  const fresh = f32x4.splat(real(job, 9));
  for (let unit = begin; unit < end; unit++) {
    const entry = pointer(job, 0) + unit * 24;
    const parameters = load<usize>(entry);
    const gradients = load<usize>(entry, 4);
    const firsts = load<usize>(entry, 8);
    const seconds = load<usize>(entry, 12);
    const averages = load<usize>(entry, 16);
    const bytes = load<i32>(entry, 20) * 4;
    for (let i = 0; i < bytes; i += 16) {
      const part = min(4, (bytes - i) >> 2);
      const g = loadPart(gradients + i, part);
      const m = multiplyAdd(beta1, loadPart(firsts + i, part), f32x4.mul(fresh1, g));
      const v = multiplyAdd(beta2, loadPart(seconds + i, part), f32x4.mul(fresh2, f32x4.mul(g, g)));
      const step = f32x4.div(m, multiplyAdd(f32x4.sqrt(v), correction, epsilon));
      const parameter = multiplySubtract(stepSize, step, loadPart(parameters + i, part));
      const average = multiplyAdd(decay, loadPart(averages + i, part), f32x4.mul(fresh, parameter));
      storePart(firsts + i, m, part);
      storePart(seconds + i, v, part);
      storePart(parameters + i, parameter, part);
      storePart(averages + i, average, part);
    }
  }
}
