import { droppedWeight } from '../bound';
import { type Diffusion, signalToNoise } from '../diffusion';
import { timeOfFlow } from '../flow';
import { type ObjectiveId, objectiveOf } from '../objectives/objectives';

export interface LossWeightDefinition {
  title: string;
  description: string;
  /** Weight of the squared error of what the network predicts, at every t. */
  weights(diffusion: Diffusion, objective: ObjectiveId, gamma: number): Float64Array;
}

/** γ of min-SNR as its authors chose it. */
export const defaultGamma = 5;

/**
 * The squared error of ε at one t as a multiple of that of what the network predicts: with x_t given, an error of x̂₀ is one
 * of √SNR in ε, of √(SNR + 1) in v (Hang et al. 2023, section 3.4) and of √SNR + 1 in the velocity of a flow.
 */
const epsErrorOf: Record<ObjectiveId, (snr: number) => number> = {
  epsilon: () => 1,
  x0: (snr) => snr,
  v: (snr) => snr / (snr + 1),
  flow: (snr) => snr / (Math.sqrt(snr) + 1) ** 2,
};

/** All loss weights by id. To add one, a line here. */
export const lossWeights = {
  simple: {
    title: 'Simple',
    description: 'All t count the same (L_simple of the DDPM paper).',
    weights: ({ nSteps }) => new Float64Array(nSteps).fill(1),
  },
  vlb: {
    title: 'Bound',
    description: 'As in the variational bound with σ² = β, scaled to a mean of 1: small t count most.',
    weights: (diffusion, objective) => {
      const weights = atAll(
        diffusion,
        (t, snr) => droppedWeight(diffusion, t, 'beta') * epsErrorOf[objective](snr),
      );
      const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
      return weights.map((weight) => weight / mean);
    },
  },
  minSnr: {
    title: 'Min-SNR-γ',
    description: 'SNR of the error of x₀, but γ at most: no t outweighs the others (Hang et al. 2023).',
    weights: (diffusion, objective, gamma) =>
      atAll(diffusion, (_, snr) => (Math.min(snr, gamma) / snr) * epsErrorOf[objective](snr)),
  },
} satisfies Record<string, LossWeightDefinition>;

/** How much each t of a run counts. */
export interface LossWeighting {
  /** An id of lossWeights, 'simple' where it is left out. */
  lossWeight?: string | undefined;
  /** γ of minSnr, defaultGamma where it is left out. */
  snrGamma?: number | undefined;
}

export type LossWeightId = keyof typeof lossWeights;

export function isLossWeight(id: string): id is LossWeightId {
  return Object.hasOwn(lossWeights, id);
}

const known = new WeakMap<Diffusion, Map<string, Float64Array>>();

/** The weights of an id for t = 0 … T − 1; made once for a diffusion. Throws for an unknown id and a γ that is not above 0. */
export function lossWeightsOf(
  diffusion: Diffusion,
  objective: string,
  id: string,
  gamma = defaultGamma,
): Float64Array {
  if (!isLossWeight(id)) {
    throw new Error(`There is no loss weight '${id}'; there are: ${Object.keys(lossWeights).join(', ')}.`);
  }
  if (!(gamma > 0 && gamma < Number.POSITIVE_INFINITY)) throw new Error(`γ must be above 0, not ${gamma}.`);
  const made = known.get(diffusion) ?? new Map<string, Float64Array>();
  known.set(diffusion, made);
  const key = `${id} ${objective} ${gamma}`;
  const weights = made.get(key) ?? lossWeights[id].weights(diffusion, objective as ObjectiveId, gamma);
  made.set(key, weights);
  return weights;
}

/** The weight of each image of a batch, by the time at which the network is asked about it. */
export function lossWeightsAt(
  diffusion: Diffusion,
  objective: string,
  { lossWeight = 'simple', snrGamma }: LossWeighting,
  times: ArrayLike<number>,
): Float32Array {
  const weights = lossWeightsOf(diffusion, objective, lossWeight, snrGamma);
  const { input } = objectiveOf(objective);
  const step = (time: number) => (input === 'flow' ? timeOfFlow(diffusion, time / diffusion.nSteps) : time);
  return Float32Array.from(times, (time) => weights[Math.max(0, Math.round(step(time)))] as number);
}

function atAll(diffusion: Diffusion, weightOf: (t: number, snr: number) => number): Float64Array {
  return Float64Array.from({ length: diffusion.nSteps }, (_, t) => weightOf(t, signalToNoise(diffusion, t)));
}
