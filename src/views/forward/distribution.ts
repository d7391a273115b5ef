/** Mean and variance of values. */
export interface Moments {
  mean: number;
  variance: number;
}

export function momentsOf(values: Float32Array): Moments {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean ** 2 };
}

const reach = 4;
const bins = 48;
const width = (2 * reach) / bins;

/** Middles of the bins, from −4 to 4. */
export const binCentres = Float64Array.from({ length: bins }, (_, i) => -reach + (i + 0.5) * width);

/** Density of values in each bin; what lies beyond the ends is left out. */
export function histogramOf(values: Float32Array): Float64Array {
  const density = new Float64Array(bins);
  const each = 1 / (values.length * width);
  for (const value of values) {
    const bin = Math.floor((value + reach) / width);
    if (bin >= 0 && bin < bins) density[bin] = (density[bin] as number) + each;
  }
  return density;
}

/** Density of N(0, 1) at the middles of the bins. */
export const normalDensity = binCentres.map((x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI));
