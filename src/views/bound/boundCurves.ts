import { bitsOfNat, droppedWeight } from '../../engine/diffusion/bound';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import type { FixedVariance } from '../../engine/diffusion/reverse';
import type { BoundTerm } from './study';

export type Unit = 'nats' | 'bits';

/** What a nat is in the unit. */
export function ofNats(nats: number, unit: Unit): number {
  return unit === 'bits' ? nats * bitsOfNat : nats;
}

/** L_{t−1} over the t = 1 … T of the page. The decoder's L_0 is the first; what is not above 0 has no place on the axis. */
export function termCurve(terms: readonly BoundTerm[], unit: Unit): { x: Float64Array; y: Float64Array } {
  const shown = terms.filter(({ nats }) => nats > 0).sort((a, b) => a.t - b.t);
  return {
    x: Float64Array.from(shown, ({ t }) => t + 1),
    y: Float64Array.from(shown, ({ nats }) => ofNats(nats, unit)),
  };
}

/** The dropped weight over t = 1 … T. */
export function weightCurve(
  diffusion: Diffusion,
  variance: FixedVariance,
): { x: Float64Array; y: Float64Array } {
  const x = Float64Array.from({ length: diffusion.nSteps }, (_, i) => i + 1);
  return { x, y: x.map((t) => droppedWeight(diffusion, t - 1, variance)) };
}
