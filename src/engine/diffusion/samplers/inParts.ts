import type { Denoiser } from './sampler';

/**
 * A denoiser that asks `denoise` for at most `count` images of `length` values at a time, to bound its memory, and says
 * which is the first of them.
 */
export function denoiseInParts(
  denoise: (...args: [...Parameters<Denoiser>, first: number]) => ReturnType<Denoiser>,
  count: number,
  length: number,
): Denoiser {
  return async (xt, t) => {
    const eps = new Float32Array(xt.length);
    for (let start = 0; start < xt.length; start += count * length)
      eps.set(await denoise(xt.subarray(start, start + count * length), t, start / length), start);
    return eps;
  };
}
