import { type Diffusion, halfLogSnr } from '../diffusion';
import { flowPoint, timeOfFlow } from '../flow';

export interface SpacingDefinition {
  title: string;
  description: string;
  /** t as a real number at `u`, which goes from 0 (noise, T − 1) to 1 (image, 0; −1 where it is trailing). */
  at(diffusion: Diffusion, u: number): number;
  /** Every step is as long as the others, the last one too: it does not start at t = 0 (Lin et al. 2023, table 2). */
  trailing?: boolean;
}

/** How the visited t are spread over all, by id. To add one, a line here. */
export const spacings = {
  even: {
    title: 'Even in t',
    description: 'The same number of t between two steps.',
    at: ({ nSteps }, u) => (nSteps - 1) * (1 - u),
  },
  quadratic: {
    title: 'Quadratic',
    description: 'Denser near the image: t falls as a square.',
    at: ({ nSteps }, u) => (nSteps - 1) * (1 - u) ** 2,
  },
  trailing: {
    title: 'Even in t, trailing',
    description: 'The same number of t between two steps and in the last one: better for very few steps.',
    at: ({ nSteps }, u) => nSteps * (1 - u) - 1,
    trailing: true,
  },
  noiseShare: {
    title: 'Even in the share of noise',
    description:
      'The share s = √(1−ᾱ)/(√ᾱ+√(1−ᾱ)) of noise falls by the same amount in each step, as in flow matching.',
    at: (diffusion, u) => timeOfFlow(diffusion, flowPoint(diffusion, diffusion.nSteps - 1).s * (1 - u)),
    trailing: true,
  },
  logSnr: {
    title: 'Even in log SNR',
    description: 'The signal-to-noise ratio grows by the same factor in each step.',
    at: (diffusion, u) => {
      const last = diffusion.nSteps - 1;
      // At SNR = 0 its logarithm has no end to start from.
      const [from, to] = [Math.max(halfLogSnr(diffusion, last), LOWEST), halfLogSnr(diffusion, 0)];
      return timeOf(diffusion, from + (to - from) * u);
    },
  },
} satisfies Record<string, SpacingDefinition>;

export type SpacingId = keyof typeof spacings;

const LOWEST = -6;

/** `count` timesteps spread evenly over 0 … T−1, from the last to the first; all of them for count ≥ T. */
export function timesteps(nSteps: number, count: number): number[] {
  if (count >= nSteps) return Array.from({ length: nSteps }, (_, i) => nSteps - 1 - i);
  if (count <= 1) return [nSteps - 1];
  return Array.from({ length: count }, (_, i) => Math.round(((nSteps - 1) * (count - 1 - i)) / (count - 1)));
}

/** `count` different t spread over 0 … T−1 by a spacing, from the last to the first; all of them for count ≥ T. */
export function spacedTimesteps(diffusion: Diffusion, count: number, spacing: SpacingId): number[] {
  const { nSteps } = diffusion;
  if (spacing === 'even' || count >= nSteps || count <= 1) return timesteps(nSteps, count);
  const { at, trailing = false }: SpacingDefinition = spacings[spacing];
  const last = trailing ? count : count - 1;
  const times = Array.from({ length: count }, (_, i) => Math.round(at(diffusion, i / last)));
  times[0] = nSteps - 1;
  times[count - 1] = trailing ? Math.max(0, times[count - 1] as number) : 0;
  // Where they crowd, each takes the next one that is free.
  for (let i = count - 2; i > 0; i--) times[i] = Math.max(times[i] as number, (times[i + 1] as number) + 1);
  for (let i = 1; i < count; i++) times[i] = Math.min(times[i] as number, (times[i - 1] as number) - 1);
  return times;
}

/** The real t at which ½ log SNR is `lambda`, by bisection and a straight line between two neighbours. */
function timeOf(diffusion: Diffusion, lambda: number): number {
  let [low, high] = [0, diffusion.nSteps - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (halfLogSnr(diffusion, middle) > lambda) low = middle;
    else high = middle;
  }
  const [above, below] = [halfLogSnr(diffusion, low), halfLogSnr(diffusion, high)];
  return Number.isFinite(below) ? low + Math.min(1, Math.max(0, (above - lambda) / (above - below))) : high;
}
