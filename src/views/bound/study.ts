import { levelsOf } from '../../engine/data/dataset';
import type { LoadedDataset } from '../../engine/data/datasets';
import { splitOf } from '../../engine/data/split';
import { priorTerm, stepTerm } from '../../engine/diffusion/bound';
import { stratifiedTimesteps } from '../../engine/diffusion/boundSchedule';
import { qSample } from '../../engine/diffusion/forward';
import { roomForVariance } from '../../engine/diffusion/learnedVariance';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import type { Study } from '../../engine/study/study';
import { Random } from '../../engine/training/random';

export interface BoundRequest {
  /** How many of the steps t > 1 are asked, at most. */
  stretches: number;
  /** How many held-out images are asked, at most. */
  pictures: number;
  variance: VarianceChoice;
  clipX0: boolean;
  /** Draws images, steps and noise. */
  seed: number;
}

/** One term of the bound: mean over the images, nats a dimension, and the standard error of that. */
export interface BoundTerm {
  /** From 0: the decoder's term L_0; t is that of the step from x_{t+1} to x_t as the paper counts. */
  t: number;
  /** Steps that it stands for. */
  count: number;
  nats: number;
  error: number;
}

export interface BoundReport {
  done: number;
  total: number;
  term: BoundTerm;
}

export interface BoundResult {
  /** L_T, nats a dimension. */
  prior: { nats: number; error: number };
  /** L_0, then L_{t−1}, as far as the study went. */
  terms: BoundTerm[];
  /** How many were asked. */
  pictures: number;
  /** Values that a pixel of theirs can have. */
  levels: number;
  /** Whether the model learned from these images, too. */
  sawHeldOut: boolean;
}

/** The variational bound on held-out images, term by term; every step has noise of its own. */
export const bound: Study<BoundRequest, BoundResult, BoundReport> = async (
  { diffusion, denoise, dataset, config, sawHeldOut },
  { stretches, pictures, seed, ...choices },
  tell,
) => {
  const data = dataset();
  const random = new Random(seed);
  const length = config.imageSize ** 2 * config.imageChannels;
  const x0 = heldOutImages(data, pictures, length, random);
  const levels = levelsOf(data);
  const steps = [{ t: 0, count: 1 }, ...stratifiedTimesteps(diffusion.nSteps, stretches, random)];
  const terms: BoundTerm[] = [];
  for (const { t, count } of steps) {
    const xt = qSample(diffusion, x0, t, random.normal(x0.length));
    const v = choices.variance === 'learned' ? roomForVariance(xt) : undefined;
    const eps = await denoise(xt, t, v);
    const values = stepTerm(diffusion, { x0, xt, eps, v, t, length }, { ...choices, levels });
    const term = { t, count, ...meanAndError(values) };
    terms.push(term);
    if (!(await tell({ done: terms.length, total: steps.length, term }))) break;
  }
  const prior = meanAndError(priorTerm(diffusion, x0, length));
  return { prior, terms, pictures: x0.length / length, levels, sawHeldOut };
};

function heldOutImages(data: LoadedDataset, most: number, length: number, random: Random): Float32Array {
  const { heldOut } = splitOf(data);
  if (heldOut.count === 0) {
    throw new Error(
      `None of the ${data.count} images are held out for evaluation. Choose a larger data set.`,
    );
  }
  const order = Array.from({ length: heldOut.count }, (_, index) => ({ index, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, most);
  const images = new Float32Array(order.length * length);
  for (const [i, { index }] of order.entries()) {
    images.set(heldOut.images.subarray(index * length, (index + 1) * length), i * length);
  }
  return images;
}

/** Mean over images, and its standard error; the error of one image is unknown, and said to be 0. */
function meanAndError(values: Float64Array): { nats: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    nats: mean,
    error: values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : 0,
  };
}
