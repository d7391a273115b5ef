import type { Random } from './random';

export interface TimeSamplingDefinition {
  title: string;
  description: string;
  /** The place of each image between image (0) and noise (1), below 1. */
  draw(random: Random, count: number): Float64Array;
}

/** How the times of a batch are drawn, by id. To add one, a line here. */
export const timeSamplings = {
  uniform: {
    title: 'Uniform',
    description: 'Every time is as likely as every other.',
    draw: (random, count) => Float64Array.from({ length: count }, () => random.uniform()),
  },
  logitNormal: {
    title: 'Logit-normal',
    description: 'A sigmoid of normal numbers: times in the middle are drawn most (Esser et al. 2024).',
    draw: (random, count) => Float64Array.from(random.normal(count), (value) => 1 / (1 + Math.exp(-value))),
  },
} satisfies Record<string, TimeSamplingDefinition>;

export type TimeSamplingId = keyof typeof timeSamplings;

export function isTimeSampling(id: string): id is TimeSamplingId {
  return Object.hasOwn(timeSamplings, id);
}

/**
 * The times at which the network is asked about the images of a batch: whole t of 0 … T − 1, or real ones; of a flow T·s with
 * s from 0 to 1.
 */
export function drawTimes(
  { nSteps, input, continuous }: { nSteps: number; input: 'diffusion' | 'flow'; continuous: boolean },
  sampling: TimeSamplingId,
  count: number,
  random: Random,
): Float32Array {
  const places = timeSamplings[sampling].draw(random, count);
  if (input === 'flow') return Float32Array.from(places, (s) => s * nSteps);
  if (continuous) return Float32Array.from(places, (place) => place * (nSteps - 1));
  return Float32Array.from(places, (place) => Math.min(nSteps - 1, Math.floor(place * nSteps)));
}
