/**
 * 2 E|X−Y| − E|X−X′| − E|Y−Y′| of two sets of points [n, 2] and [m, 2] (Székely and Rizzo 2013, with all pairs, so never
 * below 0): 0 where they are the same, and in expectation only then where they are of the same distribution.
 */
export function energyDistance(x: Float32Array, y: Float32Array): number {
  return 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y);
}

function meanDistance(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i] as number, x[i + 1] as number];
    for (let j = 0; j < y.length; j += 2) {
      const [dx, dy] = [a - (y[j] as number), b - (y[j + 1] as number)];
      sum += Math.sqrt(dx * dx + dy * dy);
    }
  }
  return sum / ((x.length / 2) * (y.length / 2));
}
