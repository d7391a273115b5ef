import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { predictX0 } from '../../engine/diffusion/reverse';
import { gridPoints } from '../../engine/points/density';
import type { PointsField } from './engine/protocol';
import type { PointsShown } from './settings';

type Quantity = PointsShown['quantity'];

/** The vectors to draw, [side², 2], on the grid of gridPoints. */
export function shownVectors(
  field: PointsField,
  shown: PointsShown['shown'],
  quantity: Quantity,
  diffusion: Diffusion,
  extent: number,
): Float32Array {
  const vectors = (eps: Float32Array) => vectorsOf[quantity](eps, Math.max(0, field.t), diffusion, extent);
  if (shown === 'exact') return vectors(field.exact);
  const learned = vectors(field.learned);
  if (shown === 'learned') return learned;
  const exact = vectors(field.exact);
  return learned.map((value, i) => value - (exact[i] as number));
}

/** What ε at every place of the grid says in other words. */
const vectorsOf: Record<
  Quantity,
  (eps: Float32Array, t: number, diffusion: Diffusion, extent: number) => Float32Array
> = {
  epsilon: (eps) => eps,
  /** ∇ log q(x_t) = −ε/√(1−ᾱ_t). */
  score(eps, t, diffusion) {
    const factor = -1 / Math.sqrt(1 - alphaBarAt(diffusion, t));
    return eps.map((value) => factor * value);
  },
  /** u = ε − x̂₀, the velocity of the flow from data to noise; x̂₀ stays within the plane, as near noise little is known of it. */
  velocity(eps, t, diffusion, extent) {
    const x0 = predictX0(diffusion, gridPoints(Math.sqrt(eps.length / 2), extent), t, eps);
    return eps.map((value, i) => value - Math.max(-extent, Math.min(extent, x0[i] as number)));
  },
};

/** Magnitude at which an arrow has three quarters of its length. */
const usual: Record<Quantity, number> = { epsilon: 2, score: 6, velocity: 3 };

/** Length of an arrow as a share of a cell: grows evenly at first, and never beyond one. */
export function arrowLength(magnitude: number, quantity: Quantity): number {
  return Math.tanh(magnitude / usual[quantity]);
}
