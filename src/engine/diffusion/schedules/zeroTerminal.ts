import { linearBetas } from './linear';

/** Where √ᾱ ends: as good as nothing, but enough to tell x̂₀ from x_t and v in float32. */
const END = 2 ** -12;

/** √ᾱ of the linear schedule, shifted and scaled to start where it started and to end at nothing (Lin et al. 2023, algorithm 1). */
export function zeroTerminalBetas(nSteps: number): Float64Array {
  const roots = new Float64Array(nSteps);
  let product = 1;
  linearBetas(nSteps).forEach((beta, t) => {
    product *= 1 - beta;
    roots[t] = Math.sqrt(product);
  });
  const [first, last] = [roots[0] as number, roots[nSteps - 1] as number];
  const alphaBar = roots.map((root) => (END + ((root - last) * (first - END)) / (first - last)) ** 2);
  return alphaBar.map((value, t) => 1 - value / (t === 0 ? 1 : (alphaBar[t - 1] as number)));
}
