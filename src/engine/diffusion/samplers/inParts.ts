import type { Denoiser } from './sampler';

/**
 * A denoiser that asks `denoise` for at most `count` images of `length` values at a time, to bound its memory, and says
 * which is the first of them.
 */
export function denoiseInParts(
  denoise: (xt: Float32Array, t: number, v: Float32Array | undefined, first: number) => ReturnType<Denoiser>,
  count: number,
  length: number,
): Denoiser {
  return async (xt, t, v) => {
    const eps = new Float32Array(xt.length);
    for (let start = 0; start < xt.length; start += count * length) {
      const part = (values: Float32Array) => values.subarray(start, start + count * length);
      eps.set(await denoise(part(xt), t, v && part(v), start / length), start);
    }
    return eps;
  };
}
