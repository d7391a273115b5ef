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
}

/** All objectives by id. To add one, a line here. */
export const objectives = {
  epsilon: {
    title: 'ε',
    description: 'Predict the noise that was added (the DDPM paper).',
    target: () => [0, 1],
    toX0: (s, n) => [1 / s, -n / s],
    toEps: () => [0, 1],
  },
  x0: {
    title: 'x₀',
    description: 'Predict the clean picture.',
    target: () => [1, 0],
    toX0: () => [0, 1],
    toEps: (s, n) => [1 / n, -s / n],
  },
  v: {
    title: 'v',
    description: 'Predict v = √ᾱ ε − √(1−ᾱ) x₀ (Salimans and Ho 2022).',
    target: (s, n) => [-n, s],
    toX0: (s, n) => [s, -n],
    toEps: (s, n) => [n, s],
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
