import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import type { PointsField } from './engine/protocol';
import type { PointsShown } from './settings';

/** The vectors to draw, [side², 2]: ε as it is, or the score −ε/√(1−ᾱ_t) = ∇ log q(x_t). */
export function shownVectors(
  field: PointsField,
  shown: PointsShown['shown'],
  quantity: 'epsilon' | 'score',
  diffusion: Diffusion,
): Float32Array {
  const { learned, exact, t } = field;
  const vectors = shown === 'exact' ? exact : learned;
  const factor = quantity === 'epsilon' ? 1 : -1 / Math.sqrt(1 - alphaBarAt(diffusion, Math.max(0, t)));
  return vectors.map((value, i) => factor * (shown === 'difference' ? value - (exact[i] as number) : value));
}

/** Length of an arrow as a share of a cell: grows evenly at first, and never beyond one. */
export function arrowLength(magnitude: number, quantity: 'epsilon' | 'score'): number {
  return Math.tanh(magnitude / (quantity === 'epsilon' ? 2 : 6));
}
