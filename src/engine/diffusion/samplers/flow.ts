import type { Diffusion } from '../diffusion';
import { flowPoint } from '../flow';
import { weightedSum } from '../forward';
import { type EquationText, negative, over } from './equationText';
import { guess } from './guess';
import type { Jump, ReverseTerms } from './reverseTerms';
import type { SamplerSettings } from './sampler';

/** u = ε̂ − x̂₀, the velocity dx_s/ds at x_t, whatever the network predicts. */
export async function velocity(settings: SamplerSettings, x: Float32Array, t: number): Promise<Float32Array> {
  const { eps, x0 } = await guess(settings, x, t);
  return weightedSum(1, eps, -1, x0);
}

/** x_r = x_s + (r − s) u, from x_t to the x at `to`, which may be a real number. */
export function straightStep(
  diffusion: Diffusion,
  x: Float32Array,
  t: number,
  to: number,
  u: Float32Array,
): Float32Array {
  const [from, end] = [flowPoint(diffusion, t), flowPoint(diffusion, to)];
  return weightedSum(from.scale / end.scale, x, (end.s - from.s) / end.scale, u);
}

/** ε̂ and x̂₀ to which u leads from x_t: x_s + (1 − s) u, and x_s − s u. */
export function endsOf(diffusion: Diffusion, x: Float32Array, t: number, u: Float32Array) {
  const { s, scale } = flowPoint(diffusion, t);
  return { eps: weightedSum(scale, x, 1 - s, u), x0: weightedSum(scale, x, -s, u) };
}

/** A straight step in terms of x_t and u. The flow's time is τ here, since s is the end of the step. */
export function straightTerms(diffusion: Diffusion, { t, previous }: Jump): ReverseTerms {
  const [from, end] = [flowPoint(diffusion, t), flowPoint(diffusion, previous)];
  return {
    mean: [
      {
        of: 'xt',
        weight: {
          value: from.scale / end.scale,
          formula: ({ next }) => over({ tex: 'c_t', label: 'c t' }, at('c', next)),
          note: 'c = 1 / (√ᾱ + √(1−ᾱ)) takes x to the straight line',
        },
      },
      {
        of: 'velocity',
        weight: {
          value: (end.s - from.s) / end.scale,
          formula: ({ next }) =>
            negative(
              over(
                { tex: String.raw`\tau_t-\tau_{${next.tex}}`, label: `tau t minus tau ${next.label}` },
                at('c', next),
              ),
            ),
          note: 'τ = c √(1−ᾱ), the time of the flow',
        },
      },
    ],
    sigma: 0,
  };
}

function at(symbol: string, place: EquationText): EquationText {
  return { tex: `${symbol}_{${place.tex}}`, label: `${symbol} ${place.label}` };
}
