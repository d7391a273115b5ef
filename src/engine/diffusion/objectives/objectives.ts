import { alphaBarAt, type Diffusion } from '../diffusion';
import { flowPoint } from '../flow';
import type { ScheduleId } from '../schedules/schedules';

/** (coefficient of the first, coefficient of the second) of a linear combination. */
export type Pair = [number, number];

/** What the network predicts, as linear combinations with s = √ᾱ_t and n = √(1−ᾱ_t), so that x_t = s x₀ + n ε. */
export interface ObjectiveDefinition {
  title: string;
  description: string;
  /** Target of training = first · x₀ + second · ε. */
  target(s: number, n: number): Pair;
  /** x̂₀ = first · x_t + second · prediction. */
  toX0(s: number, n: number): Pair;
  /** ε̂ = first · x_t + second · prediction. */
  toEps(s: number, n: number): Pair;
  /** What the network gets: x_t and t, or x_s on the straight line from x₀ to ε and T·s as its time. */
  input: 'diffusion' | 'flow';
  /** The schedule that choosing it brings. */
  schedule: ScheduleId;
}

/** All objectives by id. To add one, a line here. */
export const objectives = {
  epsilon: {
    title: 'ε',
    description: 'Predict the noise that was added (the DDPM paper).',
    target: () => [0, 1],
    toX0: (s, n) => [1 / s, -n / s],
    toEps: () => [0, 1],
    input: 'diffusion',
    schedule: 'linear',
  },
  x0: {
    title: 'x₀',
    description: 'Predict the clean image.',
    target: () => [1, 0],
    toX0: () => [0, 1],
    toEps: (s, n) => [1 / n, -s / n],
    input: 'diffusion',
    schedule: 'linear',
  },
  v: {
    title: 'v',
    description: 'Predict v = √ᾱ ε − √(1−ᾱ) x₀ (Salimans and Ho 2022).',
    target: (s, n) => [-n, s],
    toX0: (s, n) => [s, -n],
    toEps: (s, n) => [n, s],
    input: 'diffusion',
    schedule: 'linear',
  },
  flow: {
    title: 'Flow',
    description: 'Predict the velocity ε − x₀ of the straight line from image to noise (Liu et al. 2022).',
    target: () => [-1, 1],
    toX0: (s, n) => [1 / (s + n), -n / (s + n)],
    toEps: (s, n) => [1 / (s + n), s / (s + n)],
    input: 'flow',
    schedule: 'straight',
  },
} satisfies Record<string, ObjectiveDefinition>;

export type ObjectiveId = keyof typeof objectives;

/** The objective of an id. Throws for an unknown one. */
export function objectiveOf(id: string): ObjectiveDefinition {
  if (!Object.hasOwn(objectives, id)) {
    throw new Error(`There is no objective '${id}'; there are: ${Object.keys(objectives).join(', ')}.`);
  }
  return objectives[id as ObjectiveId];
}

/** What the network is given for x_t: scale · x_t, and its own time. */
export function networkInput(id: string, diffusion: Diffusion, t: number): { scale: number; time: number } {
  if (objectiveOf(id).input === 'diffusion') return { scale: 1, time: t };
  const { s, scale } = flowPoint(diffusion, t);
  return { scale, time: s * diffusion.nSteps };
}

/** The input of the network at its own time is signal · x₀ + spread · ε: √ᾱ_t and √(1−ᾱ_t), or 1 − s and s. */
export function noiseLevel(
  id: string,
  diffusion: Diffusion,
  time: number,
): { signal: number; spread: number } {
  if (objectiveOf(id).input === 'flow') {
    const s = time / diffusion.nSteps;
    return { signal: 1 - s, spread: s };
  }
  const alphaBar = alphaBarAt(diffusion, time);
  return { signal: Math.sqrt(alphaBar), spread: Math.sqrt(1 - alphaBar) };
}
