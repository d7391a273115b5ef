import type { Random } from './random';

/** The places of a batch between image (0) and noise (1), below 1, and how likely each was beside an even chance, 1. */
interface Places {
  places: Float64Array;
  density?: Float64Array;
}

export interface TimeSamplingDefinition {
  title: string;
  description: string;
  /** `weights` tells the loss weights of T equal parts of the way. */
  draw(random: Random, count: number, weights: () => ArrayLike<number>): Places;
}

/** How the times of a batch are drawn, by id. To add one, a line here. */
export const timeSamplings = {
  uniform: {
    title: 'Uniform',
    description: 'Every time is as likely as every other.',
    draw: (random, count) => ({ places: Float64Array.from({ length: count }, () => random.uniform()) }),
  },
  logitNormal: {
    title: 'Logit-normal',
    description: 'A sigmoid of normal numbers: times in the middle are drawn most (Esser et al. 2024).',
    draw: (random, count) => ({
      places: Float64Array.from(random.normal(count), (value) => 1 / (1 + Math.exp(-value))),
    }),
  },
  importance: {
    title: 'By loss weight',
    description:
      'In proportion to the loss weight, and each counts that much less: the same loss on average, with less chance in it.',
    draw: byImportance,
  },
} satisfies Record<string, TimeSamplingDefinition>;

export type TimeSamplingId = keyof typeof timeSamplings;

export function isTimeSampling(id: string): id is TimeSamplingId {
  return Object.hasOwn(timeSamplings, id);
}

/**
 * The times at which the network is asked about the images of a batch: whole t of 0 … T − 1, or real ones; of a flow T·s with
 * s from 0 to 1. `density` says how likely each was beside an even chance: a loss that divides by it stays the same on average
 * (importance sampling, Nichol & Dhariwal 2021, section 3.3). `weightsAt` tells loss weights at times.
 */
export function drawTimes(
  { nSteps, input, continuous }: { nSteps: number; input: 'diffusion' | 'flow'; continuous: boolean },
  sampling: TimeSamplingId,
  count: number,
  random: Random,
  weightsAt: (times: Float32Array) => ArrayLike<number> = (times) => times.map(() => 1),
): { t: Float32Array; density: Float64Array } {
  const timeAt = (place: number) => {
    if (input === 'flow') return place * nSteps;
    return continuous ? place * (nSteps - 1) : Math.min(nSteps - 1, Math.floor(place * nSteps));
  };
  const weights = () =>
    weightsAt(Float32Array.from({ length: nSteps }, (_, part) => timeAt((part + 0.5) / nSteps)));
  const { draw }: TimeSamplingDefinition = timeSamplings[sampling];
  const { places, density = new Float64Array(count).fill(1) } = draw(random, count, weights);
  return { t: Float32Array.from(places, timeAt), density };
}

function byImportance(random: Random, count: number, weightsOf: () => ArrayLike<number>): Places {
  const weights = Array.from(weightsOf());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = Array.from({ length: count }, () => {
    let left = random.uniform() * total;
    let part = 0;
    // Rounding may leave a rest behind the last part.
    for (; part < weights.length - 1; part++) {
      left -= weights[part] as number;
      if (left < 0) break;
    }
    return part;
  });
  return {
    places: Float64Array.from(parts, (part) => (part + random.uniform()) / weights.length),
    density: Float64Array.from(parts, (part) => ((weights[part] as number) * weights.length) / total),
  };
}
