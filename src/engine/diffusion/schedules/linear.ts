/** β_t = linspace(10⁻⁴, 0.02, T), the schedule of the DDPM paper and the reference. */
export function linearBetas(nSteps: number): Float64Array {
  const [first, last] = [1e-4, 0.02];
  return Float64Array.from({ length: nSteps }, (_, t) => first + ((last - first) * t) / (nSteps - 1));
}
