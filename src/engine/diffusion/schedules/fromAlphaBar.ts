/** β_t = 1 − ᾱ((t+1)/T)/ᾱ(t/T), at most 0.999, for a continuous ᾱ(u) that falls from 1 at u = 0. */
export function betasFromAlphaBar(nSteps: number, alphaBar: (u: number) => number): Float64Array {
  return Float64Array.from({ length: nSteps }, (_, t) => {
    return Math.min(1 - alphaBar((t + 1) / nSteps) / alphaBar(t / nSteps), 0.999);
  });
}
