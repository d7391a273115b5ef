import type { Study } from '../../engine/study/study';

export interface ClassGuessRequest {
  /** One image HWC at time t. */
  xt: Float32Array;
  t: number;
  label: number;
}

/** What the network takes for noise in an image: told its class, and told none. */
export interface ClassGuess {
  conditional: Float32Array;
  unconditional: Float32Array;
}

/** ε_θ(x_t, t, c) and ε_θ(x_t, t, ∅), both in one call. */
export const classGuess: Study<ClassGuessRequest, ClassGuess> = async ({ denoiseAs }, { xt, t, label }) => {
  const both = new Float32Array(2 * xt.length);
  both.set(xt);
  both.set(xt, xt.length);
  const denoise = denoiseAs([
    { label, guidance: 0 },
    { label: -1, guidance: 0 },
  ]);
  const eps = await denoise(both, t);
  return { conditional: eps.slice(0, xt.length), unconditional: eps.slice(xt.length) };
};
