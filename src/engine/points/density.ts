import { alphaBarAt, type Diffusion } from '../diffusion/diffusion';
import type { PointData } from './pointData';

/** Points in rows from the top left, [side², 2], in the middle of the cells of a square of ±extent. */
export function gridPoints(side: number, extent: number): Float32Array {
  const at = (index: number) => (((index + 0.5) / side) * 2 - 1) * extent;
  return Float32Array.from({ length: 2 * side * side }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? at(cell % side) : -at(Math.floor(cell / side));
  });
}

/** Density of q(x_t), of the data at t = −1, on the same grid [side²]. */
export function densityGrid(
  { points, noise }: PointData,
  diffusion: Diffusion,
  t: number,
  side: number,
  extent: number,
): Float32Array {
  const alphaBar = alphaBarAt(diffusion, t);
  const variance = alphaBar * noise ** 2 + 1 - alphaBar;
  const count = points.length / 2;
  const share = 1 / (2 * Math.PI * variance * count);
  const bell = (distance: number) => Math.exp(-(distance * distance) / (2 * variance));
  const density = new Float32Array(side * side);
  const [across, down] = [new Float64Array(side), new Float64Array(side)];
  for (let k = 0; k < count; k++) {
    // A Gaussian of equal width each way is a product of two.
    for (let i = 0; i < side; i++) {
      const at = (((i + 0.5) / side) * 2 - 1) * extent;
      across[i] = bell(at - Math.sqrt(alphaBar) * (points[2 * k] as number));
      down[i] = share * bell(-at - Math.sqrt(alphaBar) * (points[2 * k + 1] as number));
    }
    for (let row = 0; row < side; row++) {
      const factor = down[row] as number;
      if (factor < 1e-9) continue;
      for (let column = 0; column < side; column++) {
        const cell = row * side + column;
        density[cell] = (density[cell] as number) + factor * (across[column] as number);
      }
    }
  }
  return density;
}
