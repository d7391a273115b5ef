import type { Denoiser } from './samplers/sampler';

/** What an image shall be. */
export interface Condition {
  /** Its class, −1 for none. */
  label: number;
  /** w of classifier-free guidance: 0 is the conditional model itself. */
  guidance: number;
}

/** A denoiser that is told a class for each image, −1 for none: (x_t of all images, t, classes) → ε̂. */
export type ClassDenoiser = (
  xt: Float32Array,
  t: number,
  labels: readonly number[],
  v?: Float32Array,
) => Promise<Float32Array>;

/**
 * Classifier-free guidance (Ho & Salimans 2022, eq. 6): ε̂ = (1 + w) ε_θ(x_t, t, c) − w ε_θ(x_t, t, ∅). Others write
 * ε_∅ + s (ε_c − ε_∅), which is the same for s = 1 + w. The images that need both are asked for both in one call. v is
 * that of the class.
 */
export function guidedDenoiser(denoise: ClassDenoiser, conditions: readonly Condition[]): Denoiser {
  const guided = conditions.flatMap(({ label, guidance }, i) => (label >= 0 && guidance !== 0 ? [i] : []));
  const labels = [...conditions.map(({ label }) => label), ...guided.map(() => -1)];
  return async (xt, t, v) => {
    const length = xt.length / conditions.length;
    const both = new Float32Array((conditions.length + guided.length) * length);
    both.set(xt);
    guided.forEach((image, i) => {
      both.set(xt.subarray(image * length, (image + 1) * length), xt.length + i * length);
    });
    const bothV = v && new Float32Array(both.length).fill(Number.NaN);
    const eps = await denoise(both, t, labels, bothV);
    if (bothV) v?.set(bothV.subarray(0, xt.length));
    const combined = eps.slice(0, xt.length);
    guided.forEach((image, i) => {
      const { guidance } = conditions[image] as Condition;
      for (let k = 0; k < length; k++) {
        const at = image * length + k;
        const unconditional = eps[xt.length + i * length + k] as number;
        combined[at] = (1 + guidance) * (combined[at] as number) - guidance * unconditional;
      }
    });
    return combined;
  };
}

/** Which classes images get: each its own in turn, all the same one, or none. */
export type ClassChoice = 'each' | 'none' | number;

/** The largest w that is of use: beyond it images only become harsher. */
export const largestGuidance = 8;

/**
 * The conditions of `count` images from a model of `nClasses`. Throws, saying what to do, for a class or a guidance that the
 * model does not have.
 */
export function conditionsOf(
  choice: ClassChoice,
  guidance: number,
  count: number,
  nClasses: number,
): Condition[] {
  if (choice !== 'none' && nClasses === 0) {
    throw new Error(
      'This model has learned no classes, so it cannot be asked for one: ask for none, or train a model with classes.',
    );
  }
  if (typeof choice === 'number' && !(Number.isInteger(choice) && choice >= 0 && choice < nClasses))
    throw new Error(`The class must be a whole number from 0 to ${nClasses - 1}, not ${choice}.`);
  if (!(guidance >= 0 && guidance <= largestGuidance))
    throw new Error(`The guidance w must be from 0 to ${largestGuidance}, not ${guidance}.`);
  return Array.from({ length: count }, (_, i) => {
    if (choice === 'none') return { label: -1, guidance: 0 };
    return { label: choice === 'each' ? i % nClasses : choice, guidance };
  });
}
