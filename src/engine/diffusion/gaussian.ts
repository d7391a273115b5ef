/**
 * D_KL(N(m₁, v₁) ‖ N(m₂, v₂)) of one dimension, nats: ½ (ln(v₂/v₁) + (v₁ + (m₁ − m₂)²)/v₂ − 1), with v₁, v₂ > 0.
 */
export function klGaussians(mean1: number, variance1: number, mean2: number, variance2: number): number {
  const ratio = variance1 / variance2;
  return 0.5 * (ratio - 1 - Math.log(ratio) + (mean1 - mean2) ** 2 / variance2);
}

/** ln Φ(x), Φ the distribution function of N(0, 1): to 1e-10 relative, however far x lies in the tails. */
export function logNormalCdf(x: number): number {
  if (x < -3) return Math.log(upperTail(-x));
  if (x > 3) return Math.log1p(-upperTail(x));
  return Math.log(0.5 + centralPart(x));
}

/** ln(Φ(high) − Φ(low)) for low < high; either may be infinite. Keeps its digits where both lie far out. */
export function logNormalInterval(low: number, high: number): number {
  // By symmetry both in the lower tail, where Φ has all its digits.
  if (low > 0) return logNormalInterval(-high, -low);
  if (high > 0 && low > -3 && high < 3) return Math.log(centralPart(high) - centralPart(low));
  const upper = high === Number.POSITIVE_INFINITY ? 0 : logOf(high);
  if (low === Number.NEGATIVE_INFINITY) return upper;
  return upper + Math.log1p(-Math.exp(logOf(low) - upper));
}

function logOf(x: number): number {
  // Far out the tail itself is below the least number: its logarithm is taken apart.
  return x < -30
    ? -0.5 * x * x - Math.log(-x * Math.sqrt(2 * Math.PI)) - Math.log1p(1 / (x * x))
    : logNormalCdf(x);
}

/** Φ(x) − ½ by its series (Marsaglia 2004): φ(x) Σ x^(2k+1) / (1·3·5 … (2k+1)). For |x| ≤ 3. */
function centralPart(x: number): number {
  let [term, sum] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && odd < 200; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum * density(x);
}

/** 1 − Φ(x) for x ≥ 3 by Laplace's continued fraction: φ(x) / (x + 1/(x + 2/(x + …))). */
function upperTail(x: number): number {
  let rest = x;
  for (let k = 80; k >= 1; k--) rest = x + k / rest;
  return density(x) / rest;
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
