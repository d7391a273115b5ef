/** ᾱ of the x_t that has as much noise as x_s = (1 − s) x₀ + s ε. */
export function alphaBarOfFlow(s: number): number {
  return (1 - s) ** 2 / ((1 - s) ** 2 + s ** 2);
}

/** ᾱ of the straight line (1 − s) x₀ + s ε at s = (t + ½)/T. */
export function straightBetas(nSteps: number): Float64Array {
  const alphaBar = (t: number) => (t < 0 ? 1 : alphaBarOfFlow((t + 0.5) / nSteps));
  return Float64Array.from({ length: nSteps }, (_, t) => 1 - alphaBar(t) / alphaBar(t - 1));
}
