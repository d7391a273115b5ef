import type { Denoiser } from './sampler';

/** A denoiser that asks `denoise` for at most `count` pictures of `length` values at a time, to bound its memory. */
export function denoiseInParts(denoise: Denoiser, count: number, length: number): Denoiser {
  return async (xt, t) => {
    const eps = new Float32Array(xt.length);
    for (let start = 0; start < xt.length; start += count * length)
      eps.set(await denoise(xt.subarray(start, start + count * length), t), start);
    return eps;
  };
}
