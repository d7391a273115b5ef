import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import '../../app/compose';
import { batchSource } from '../../engine/data/batches';
import { splitOf } from '../../engine/data/split';
import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { type GaussianMixture, mixtureDenoiser } from '../../engine/diffusion/gaussianMixture';
import { PathLength } from '../../engine/diffusion/pathLength';
import { predictX0 } from '../../engine/diffusion/reverse';
import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import type { Denoiser } from '../../engine/diffusion/samplers/sampler';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { type SpacingId, spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import { createStudent, distill } from '../../engine/distillation/distill';
import type { DistillationSettings } from '../../engine/distillation/methods';
import { fusedOperations } from '../../engine/kernels/fused';
import { changeHooks } from '../../engine/network/changes';
import { reversePaths } from '../../engine/points/paths';
import { mixtureOf, pointData } from '../../engine/points/pointData';
import type { FrechetPoint } from '../../engine/quality/frechetCurve';
import { nearest } from '../../engine/quality/nearest';
import { parseStored } from '../../engine/study/storedStudies';
import { Random } from '../../engine/training/random';
import { createTrainingState, trainStep } from '../../engine/training/trainer';
import { unetDenoiser } from '../../engine/unet/denoiser';
import { imageShape } from '../../settings/defaultSettings';
import { studentSampler } from '../distillation/studentSampler';
import { type ExperimentId, experimentOf } from './experiments';
import { contentOf } from './links';
import { digitImages, pretrained, startEngine } from './testing/pretrained';

const LENGTH = 64;
/** What was measured of the pretrained digits. */
const digitsStudies = new URL('../../../public/models/digits.studies.json', import.meta.url);

interface Run {
  denoise: Denoiser;
  diffusion: Diffusion;
  sampler: SamplerId;
  steps: number;
  spacing?: SpacingId;
  count: number;
  seed: number;
}

async function draw({
  denoise,
  diffusion,
  sampler,
  steps,
  spacing = 'even',
  count,
  seed,
}: Run): Promise<Float32Array> {
  const random = new Random(seed);
  const start = random.normal(count * LENGTH);
  const timesteps = spacedTimesteps(diffusion, steps, spacing);
  let images = start;
  for await (const { x } of samplers[sampler].sampler({
    ...{ start, random, timesteps, denoise, diffusion },
    clipX0: true,
  }))
    images = x;
  return images;
}

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Noised digits, and their noise. */
async function noised(diffusion: Diffusion, t: number, count: number) {
  const { images } = await digitImages();
  const x0 = images.slice(0, count * LENGTH);
  const noise = new Random(3).normal(count * LENGTH);
  return { x0, noise, xt: qSample(diffusion, x0, t, noise) };
}

describe('what the experiments show', () => {
  it('schedule: half way, ᾱ is 0.08 under the linear one and 0.49 under the cosine one', () => {
    // Π (1 − β_t) with β from 0.0001 to 0.02, and cos²(π/2 · (1/2 + s)/(1 + s)) over its value at 0, with s = 0.008.
    expect(createDiffusion('linear', 1000).alphaBar[499]).toBeCloseTo(0.0786, 4);
    const f = (share: number) => Math.cos(((share + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
    expect(createDiffusion('cosine', 1000).alphaBar[499]).toBeCloseTo(f(0.5) / f(0), 4);
    expect(f(0.5) / f(0)).toBeCloseTo(0.4938, 4);
  });

  it('tenSteps: DDIM is closer to the data than DDPM, and as close as held-out images', async () => {
    const { diffusion, denoiser } = await pretrained('digits');
    const { training, heldOut } = splitOf(await digitImages());
    const distance = (images: Float32Array) => mean(nearest(images, training.images, LENGTH).distances);
    const { a, b } = contentOf('tenSteps').views.samplers as Record<
      'a' | 'b',
      { sampler: SamplerId; steps: number }
    >;
    const common = { denoise: denoiser(), diffusion, count: 16, seed: 1 };
    const [ddpm, ddim] = [
      distance(await draw({ ...common, ...a })),
      distance(await draw({ ...common, ...b })),
    ];
    expect(ddim).toBeLessThan(1.1 * distance(heldOut.images));
    expect(ddpm).toBeGreaterThan(1.3 * distance(heldOut.images));
  });

  it('oneStep: the teacher needs eight steps, and in one its student is closer to the data', async () => {
    const stored = parseStored(await readFile(digitsStudies, 'utf8'));
    const reports = stored.frechetByEvaluations?.reports as { point: FrechetPoint | null }[];
    const curve = reports.flatMap(({ point }) => point ?? []);
    const { shows } = experimentOf('oneStep');
    for (const [steps, text] of [
      [8, '2.7 in 8 steps'],
      [4, '6.1 in 4'],
      [1, '43 in one'],
    ] as const) {
      const point = curve.find(
        ({ sampler, evaluations }) => sampler === 'flowEuler' && evaluations === steps,
      );
      expect(text).toContain(`${Number(point?.distances[0]?.toPrecision(2))} in`);
      expect(shows).toContain(text);
    }
    const { config, diffusion, weights, denoiser } = await pretrained('digits');
    const { training } = splitOf(await digitImages());
    const { distillation } = contentOf('oneStep').views;
    const settings = { ...(distillation as DistillationSettings), teacherSteps: 4, steps: 60, batchSize: 16 };
    const teacher = { config, diffusion, weights };
    const student = createStudent(teacher, 1);
    for await (const { loss } of distill(teacher, student, fusedOperations, batchSource(training), settings))
      await loss;
    const distance = async (denoise: Denoiser, of: Diffusion) => {
      const run = { denoise, diffusion: of, ...studentSampler, steps: 1, count: 16, seed: 1 };
      return mean(nearest(await draw(run), training.images, LENGTH).distances);
    };
    const ofStudent = unetDenoiser(student.config, student.diffusion, fusedOperations, student.ema);
    const learned = await distance(ofStudent, student.diffusion);
    expect(learned).toBeLessThan(0.6 * (await distance(denoiser(), diffusion)));
  });

  it('straight: in two steps the diffusion model leaves the straight line by far more than the flow', async () => {
    const { shows } = experimentOf('straight');
    const sides = contentOf('straight').views.samplers as Record<
      'a' | 'b',
      { steps: number; spacing: SpacingId }
    >;
    const ratios: string[] = [];
    for (const { steps, spacing } of [sides.b, sides.a]) {
      for (const id of ['digits', 'digitsFlow'] as const) {
        const { denoiser, diffusion } = await pretrained(id);
        const random = new Random(1);
        const start = random.normal(16 * LENGTH);
        const path = new PathLength(diffusion, LENGTH);
        path.add(start, diffusion.nSteps - 1);
        const timesteps = spacedTimesteps(diffusion, steps, spacing);
        const settings = { start, random, timesteps, diffusion, denoise: denoiser(), clipX0: true };
        for await (const { x, previous } of samplers.flowEuler.sampler(settings)) path.add(x, previous);
        ratios.push(path.ratio.toFixed(2));
      }
    }
    const [modelLong, flowLong, model, flow] = ratios;
    expect(shows).toContain(
      `${modelLong} times the straight line for the pretrained model, ${flowLong} for the flow`,
    );
    expect(shows).toContain(`In two steps they are ${model} and ${flow} times as long`);
  });

  it('guidance: the guess moves towards the class that is asked for, and overshoots at w = 8', async () => {
    const { diffusion, denoiser } = await pretrained('digitsByClass');
    const { images, labels } = await digitImages();
    const { label, t, example } = contentOf('guidance').views.classGuess as Record<string, number>;
    const x0 = images.slice((example as number) * LENGTH, ((example as number) + 1) * LENGTH);
    const xt = qSample(diffusion, x0, (t as number) - 1, new Random(1).normal(LENGTH));
    const toClass = await guesses(denoiser, diffusion, xt, t as number, label as number);
    // What tells the class from the image's own: the difference of the mean images.
    const meanOf = (wanted: number) => {
      const members = Array.from(labels.keys()).filter((i) => labels[i] === wanted);
      return Array.from({ length: LENGTH }, (_, pixel) =>
        mean(members.map((i) => images[i * LENGTH + pixel] as number)),
      );
    };
    const [asked, own] = [meanOf(label as number), meanOf(labels[example as number] as number)];
    const along = toClass.map((guess) =>
      guess.reduce((sum, value, i) => sum + value * ((asked[i] as number) - (own[i] as number)), 0),
    );
    expect(along[1]).toBeGreaterThan(along[0] as number);
    expect(along[2]).toBeGreaterThan(along[1] as number);
    expect(largest(toClass[2] as Float32Array)).toBeGreaterThan(1.5);
  });

  it('memorised: the exact field leads samples to the 40 points, not to others of the moons', async () => {
    const points = contentOf('memorised').views.points as {
      count: number;
      noise: number;
      samplerSteps: number;
    };
    const { count, noise, samplerSteps: steps } = points;
    expect(count).toBe(40);
    const data = pointData({ set: 'moons', count }, noise);
    const diffusion = createDiffusion('cosine', 200);
    const denoise = mixtureDenoiser(mixtureOf(data), diffusion);
    const distances = (places: Float32Array) =>
      [...nearest(places, data.points, 2).distances].sort((a, b) => a - b);
    // Points of the same curves that are not among the 40: what a model that had learned the moons would draw.
    const fresh = distances(pointData({ set: 'moons', count: 100 }, noise).points);
    for (const seed of [1, 2, 3]) {
      const { positions } = await reversePaths(
        samplers.ddim,
        { diffusion, denoise },
        { count: 100, steps, seed },
      );
      const samples = distances(positions.at(-1) as Float32Array);
      expect(samples[95], 'within three standard deviations of a point').toBeLessThan(3 * noise);
      expect(samples[50]).toBeLessThan(noise);
      expect(samples[50]).toBeLessThan(0.6 * (fresh[50] as number));
    }
  });

  it('learningRate: at 0.1 the loss stays near that of predicting no noise, at 0.002 it falls', async () => {
    const { learningRate } = contentOf('learningRate').training;
    for (const seed of [1, 2, 3]) {
      const { losses: high } = await trained('learningRate', {
        learningRate,
        steps: 100,
        batchSize: 16,
        seed,
      });
      // The mean square of the noise, which an answer of 0 leaves, is 1.
      expect(mean(high.slice(-30))).toBeGreaterThan(0.9);
      expect(Math.max(...high), 'steps overshoot').toBeGreaterThan(2);
      const { losses: low } = await trained('learningRate', {
        learningRate: 0.002,
        steps: 100,
        batchSize: 16,
        seed,
      });
      expect(mean(low.slice(-30))).toBeLessThan(0.25);
      expect(Math.max(...low.slice(1))).toBeLessThan(1.5);
    }
  });

  it('average: on held-out images the averaged weights predict the noise better than the raw ones', async () => {
    const { images } = splitOf(await digitImages()).heldOut;
    const x0 = images.slice(0, 32 * LENGTH);
    const noise = new Random(9).normal(x0.length);
    const { learningRate } = contentOf('average').training;
    for (const seed of [1, 2, 3]) {
      const { state } = await trained('average', { learningRate, steps: 400, batchSize: 8, seed });
      const error = async (weights: 'ema' | 'weights') => {
        const denoise = unetDenoiser(state.config, state.diffusion, fusedOperations, state[weights]);
        const errors: number[] = [];
        for (const t of [50, 200, 400, 600, 800, 950]) {
          const xt = qSample(state.diffusion, x0, t, noise);
          errors.push(rmsDifference(await denoise(xt, t), noise) ** 2);
        }
        return mean(errors);
      };
      expect(await error('ema')).toBeLessThan(0.97 * (await error('weights')));
    }
  });

  it('clipping: at t = 950 x̂₀ leaves the range of images by far, at t = 300 by little', async () => {
    const { diffusion, denoiser } = await pretrained('digits');
    const { reverseStep } = contentOf('clipping').views as { reverseStep: { t: number } };
    const beyond = async (t: number) => {
      const { xt } = await noised(diffusion, t, 16);
      return largest(predictX0(diffusion, xt, t, await denoiser()(xt, t)));
    };
    expect(await beyond(reverseStep.t)).toBeGreaterThan(5);
    expect(await beyond(300)).toBeLessThan(1.5);
  });

  it('target: to answer 0 costs 1 with ε and 0.72 with x₀', async () => {
    const { images } = await digitImages();
    const power = mean(images.map((value) => value ** 2));
    expect(power).toBeCloseTo(0.72, 2);
    expect(experimentOf('target').shows).toContain(`of ${power.toFixed(2)} with x₀`);
  });

  it('fiftySteps: under the linear schedule 60 % of the variance is left, under the cosine one nothing', () => {
    const { nSteps } = contentOf('fiftySteps').model;
    // Π (1 − β) over 50 steps whose mean β is 0.01005.
    expect(createDiffusion('linear', nSteps).alphaBar[nSteps - 1]).toBeCloseTo(0.6, 2);
    expect(createDiffusion('cosine', nSteps).alphaBar[nSteps - 1]).toBeLessThan(1e-3);
  });

  it('score: minus the noise over √(1−ᾱ_t) is the slope of the log density', async () => {
    const diffusion = createDiffusion('cosine', 200);
    const mixture: GaussianMixture = {
      ...{
        weights: [0.3, 0.7],
        means: [
          [-1, 0],
          [1, 0.5],
        ],
        variances: [0.05, 0.05],
      },
    };
    for (const t of [5, 60, 150]) {
      const place = [0.2, -0.3] as const;
      const eps = await mixtureDenoiser(mixture, diffusion)(Float32Array.from(place), t);
      const spread = Math.sqrt(1 - (diffusion.alphaBar[t] as number));
      const slope = [0, 1].map((axis) => {
        const moved = (by: number) => place.map((value, i) => (i === axis ? value + by : value));
        return (
          (logDensity(mixture, diffusion, t, moved(1e-4)) - logDensity(mixture, diffusion, t, moved(-1e-4))) /
          2e-4
        );
      });
      slope.forEach((value, i) => {
        expect(-(eps[i] as number) / spread / value).toBeCloseTo(1, 3);
      });
    }
  });

  it('attention: without it the error grows a little at small t, and several times at large t', async () => {
    const { diffusion, denoiser } = await pretrained('digits');
    const { config } = await pretrained('digits');
    const { changes } = contentOf('attention').views.network as {
      changes: { point: string; scale: number }[];
    };
    const without = denoiser(undefined, changeHooks(config, changes));
    const growth = async (t: number) => {
      const { xt, noise } = await noised(diffusion, t, 16);
      const error = async (denoise: Denoiser) => rmsDifference(await denoise(xt, t), noise) ** 2;
      return (await error(without)) / (await error(denoiser()));
    };
    const [small, large] = [await growth(50), await growth(900)];
    expect(small).toBeGreaterThan(1);
    expect(small).toBeLessThan(1.1);
    expect(large).toBeGreaterThan(3);
  });

  it('twoModels: images of the same noise are alike, those of different noise are not', async () => {
    const { seed, steps } = contentOf('twoModels').sampling;
    const images: Float32Array[] = [];
    for (const id of ['digits', 'digitsByClass'] as const) {
      const { diffusion, denoiser } = await pretrained(id);
      const run = { diffusion, sampler: 'ddim', steps: steps as number, count: 12, seed } as const;
      images.push(await draw({ ...run, denoise: denoiser() }));
    }
    const [one, other] = images as [Float32Array, Float32Array];
    const next = Float32Array.from(other, (_, i) => other[(i + LENGTH) % other.length] as number);
    expect(rmsDifference(one, other)).toBeLessThan(0.6 * rmsDifference(one, next));
  });
});

/** A new model of an experiment, trained on few images a step, and the loss of each step. */
async function trained(
  id: ExperimentId,
  run: { learningRate: number; steps: number; batchSize: number; seed: number },
) {
  await startEngine();
  const digits = await digitImages();
  const { model, training } = contentOf(id);
  const state = createTrainingState({ ...model, ...imageShape(digits) }, run.seed);
  const source = batchSource(splitOf(digits).training);
  const losses: number[] = [];
  for (let i = 0; i < run.steps; i++)
    losses.push(await trainStep(state, fusedOperations, source, { ...training, ...run }).loss);
  return { state, losses };
}

/** x̂₀ with w = 0, 2 and 8. */
async function guesses(
  denoiser: Awaited<ReturnType<typeof pretrained>>['denoiser'],
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  label: number,
): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for (const guidance of [0, 2, 8]) {
    const eps = await denoiser([{ label, guidance }])(xt, t - 1);
    all.push(predictX0(diffusion, xt, t - 1, eps));
  }
  return all;
}

function logDensity(mixture: GaussianMixture, diffusion: Diffusion, t: number, x: readonly number[]): number {
  const alphaBar = diffusion.alphaBar[t] as number;
  const density = mixture.means.map((center, k) => {
    const variance = alphaBar * (mixture.variances[k] as number) + 1 - alphaBar;
    const squared = center.reduce(
      (sum, value, i) => sum + ((x[i] as number) - Math.sqrt(alphaBar) * value) ** 2,
      0,
    );
    return ((mixture.weights[k] as number) / (2 * Math.PI * variance)) * Math.exp(-squared / (2 * variance));
  });
  return Math.log(density.reduce((sum, value) => sum + value, 0));
}
