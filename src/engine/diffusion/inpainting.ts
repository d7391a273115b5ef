import { alphaBarAt, type Diffusion } from './diffusion';
import { qSample, weightedSum } from './forward';
import type { ReverseChoices } from './partialReverse';
import { type Resampling, resamplingPath } from './resampling';
import { ancestral } from './samplers/ancestral';
import type { NormalSource, SamplerStep } from './samplers/sampler';
import { timesteps } from './samplers/spacings';

export interface InpaintingSettings extends Omit<ReverseChoices, 'eta'> {
  /** The image HWC whose known part is kept. */
  image: Float32Array;
  /** One a pixel: not 0 where the image is known. */
  known: Uint8Array;
  /** Variants, each from noise of its own. */
  count: number;
  resampling: Resampling;
}

/** One move of a run: a step of the reverse process, or noise added again. */
export interface InpaintingStep {
  /** Moves made, 1 … total. */
  index: number;
  total: number;
  /** The t that x belongs to; −1 is the image. */
  t: number;
  /** All variants, the known part merged in; at the end it is the image's own, to the bit. */
  x: Float32Array;
  /** x̂₀ of the last reverse step. */
  x0: Float32Array;
}

/**
 * RePaint (Lugmayr et al. 2022, algorithm 1): x_{t−1} = m ⊙ x_{t−1}^known + (1−m) ⊙ x_{t−1}^unknown, the one by q from the
 * image, the other by p_θ from x_t. Noising and denoising again lets what is drawn fit what is known.
 */
export async function* rePaint(settings: InpaintingSettings): AsyncGenerator<InpaintingStep, void, void> {
  const { diffusion, image, known, count, random, ...choices } = settings;
  checkMask(image, known);
  const path = resamplingPath(settings.resampling);
  const times = [...timesteps(diffusion.nSteps, settings.resampling.steps), -1];
  const timeOf = (level: number) => times[times.length - 1 - level] as number;
  if (times.length - 1 < settings.resampling.steps)
    throw new Error(`There are ${diffusion.nSteps} steps to take, not ${settings.resampling.steps}.`);
  const total = path.length - 1;
  let x = random.normal(count * image.length);
  let x0 = x;
  for (let index = 1; index <= total; index++) {
    const t = timeOf(path[index] as number);
    const before = timeOf(path[index - 1] as number);
    if (t > before) x = noisedFurther(diffusion, x, before, t, random);
    else {
      const common = { ...choices, diffusion, random, start: x };
      // What it yields first is all that is wanted: the step from `before` to t.
      const { value } = await ancestral({ ...common, timesteps: t < 0 ? [before] : [before, t] }).next();
      const step = value as SamplerStep;
      x0 = step.x0;
      x = merged(diffusion, step.x, t, settings);
    }
    yield { index, total, t, x, x0 };
  }
}

/** x with its known part replaced by the image's at t: noised by q, or as it is at −1. */
function merged(
  diffusion: Diffusion,
  x: Float32Array,
  t: number,
  { image, known, random }: Pick<InpaintingSettings, 'image' | 'known' | 'random'>,
): Float32Array {
  const channels = image.length / known.length;
  const merged = x.slice();
  for (let offset = 0; offset < x.length; offset += image.length) {
    const fromImage = t < 0 ? image : qSample(diffusion, image, t, random.normal(image.length));
    for (let i = 0; i < image.length; i++)
      if (known[Math.floor(i / channels)]) merged[offset + i] = fromImage[i] as number;
  }
  return merged;
}

/** A draw of q(x_t | x_s) for t > s: √(ᾱ_t/ᾱ_s) x_s + √(1 − ᾱ_t/ᾱ_s) ε. */
function noisedFurther(
  diffusion: Diffusion,
  xs: Float32Array,
  s: number,
  t: number,
  random: NormalSource,
): Float32Array {
  const alpha = alphaBarAt(diffusion, t) / alphaBarAt(diffusion, s);
  return weightedSum(Math.sqrt(alpha), xs, Math.sqrt(1 - alpha), random.normal(xs.length));
}

function checkMask(image: Float32Array, known: Uint8Array): void {
  if (known.length > 0 && image.length % known.length === 0) return;
  throw new Error(`A mask of ${known.length} pixels does not fit an image of ${image.length} values.`);
}
