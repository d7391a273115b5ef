import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../backend/wasm';
import { type Dataset, toImages } from '../data/dataset';
import { loadDataset } from '../data/datasets';
import { splitOf } from '../data/split';
import { createDiffusion } from '../diffusion/diffusion';
import { fusedOperations } from '../kernels/fused';
import { Random } from '../training/random';
import { parseModelConfig } from '../unet/config';
import { initialWeights } from '../unet/weights';
import { drawSamples, type EvaluatedModel, type Evaluation, evaluateSamples } from './evaluateSamples';
import { type FeatureFile, readFeatureFile } from './featureFile';

const publicFile = (name: string) => readFile(new URL(`../../../public/${name}`, import.meta.url));
const COUNT = 64;
const LENGTH = 64;

let dataset: Dataset;
let file: FeatureFile;
let model: EvaluatedModel;
let evaluated: (
  samples: Float32Array,
  features?: FeatureFile | null,
  changes?: Partial<EvaluatedModel>,
) => Promise<Evaluation>;

beforeAll(async () => {
  await startWasm({ threads: 1 });
  dataset = await loadDataset('digits', (name) => publicFile(`data/${name}`));
  file = readFeatureFile(await publicFile('models/features-digits.safetensors'), 'digits');
  const config = parseModelConfig({
    ...{ image_channels: 1, image_size: 8, n_channels: 8, ch_mults: [1], is_attn: [false], n_blocks: 1 },
    ...{ n_steps: 50, n_groups: 4, n_final_groups: 4 },
  });
  model = {
    config,
    diffusion: createDiffusion(config.schedule, config.nSteps),
    operations: fusedOperations,
    weights: initialWeights(config, new Random(1)),
    denoiser: () => () => Promise.reject(new Error('Nothing is drawn here.')),
    sawHeldOut: false,
    inTurn: async <T>(work: () => Promise<T> | T) => work(),
  };
  evaluated = (samples, features = file, changes = {}) =>
    evaluateSamples(samples, dataset, features, { ...model, ...changes });
});

const memorised = ({ distances, novelty }: Evaluation) =>
  distances.filter((distance) => distance < novelty.threshold).length / distances.length;
const images = ({ images }: Dataset, first: number, count = COUNT) =>
  images.slice(first * LENGTH, (first + count) * LENGTH);

describe('evaluateSamples', () => {
  it('finds copies out, and lets new images pass', async () => {
    const { training, heldOut } = splitOf(dataset);
    const copies = await evaluated(images(training, 100));
    expect(memorised(copies)).toBe(1);
    expect([...copies.distances]).toEqual(new Array(COUNT).fill(0));
    expect(copies.nearest).toEqual(images(training, 100));
    const noisy = images(training, 100);
    new Random(2).normal(noisy.length).forEach((value, i) => {
      noisy[i] = (noisy[i] as number) + 0.05 * value;
    });
    expect(memorised(await evaluated(noisy))).toBe(1);
    expect(memorised(await evaluated(images(heldOut, 50)))).toBeLessThan(0.1);
  });

  it('looks for copies among the held-out images only where the model learned from them too', async () => {
    const { heldOut } = splitOf(dataset);
    const samples = images(heldOut, 50);
    const [unseen, seen] = [
      await evaluated(samples, null),
      await evaluated(samples, null, { sawHeldOut: true }),
    ];
    expect(Math.min(...unseen.distances)).toBeGreaterThan(0);
    expect([...seen.distances]).toEqual(new Array(COUNT).fill(0));
    expect(seen.nearest).toEqual(samples);
  });

  it('calls memorised what is nearer than all but 1 % of the held-out images: 2 of 179', async () => {
    const { distances, threshold } = (await evaluated(images(dataset, 0), null)).novelty;
    expect(distances).toHaveLength(179);
    // Of the values in order, that at 1 % of the way from the first to the last: 1.78 of 178.
    const [, second = 0, third = 0] = distances.toSorted();
    expect(threshold).toBeCloseTo(second + 0.78 * (third - second), 10);
  });

  it('clips x̂₀ in the samples that it draws', async () => {
    // ε̂ = 0 makes x̂₀ = x_t/√ᾱ_t, which is beyond the range of an image at almost every pixel.
    const denoiser: EvaluatedModel['denoiser'] = () => async (x) => new Float32Array(x.length);
    const choice = { count: 4, seed: 1, sampler: 'ddim', steps: 5, guidance: 0 } as const;
    const drawn = new Float32Array(4 * LENGTH);
    for await (const { x } of drawSamples({ ...model, denoiser }, choice, dataset).way) drawn.set(x);
    expect(Math.max(...drawn.map(Math.abs))).toBe(1);
  });

  it('ranks by the Fréchet distance: real, then noisier and noisier, then noise', async () => {
    const { heldOut } = splitOf(dataset);
    const distances: number[] = [];
    for (const spread of [0, 0.3, 0.6, 1.2]) {
      const noise = new Random(3).normal(COUNT * LENGTH);
      const samples = images(heldOut, 30).map((value, i) => value + spread * (noise[i] as number));
      const { features } = await evaluated(samples);
      distances.push(features?.model.frechet as number);
      expect(features?.floor.frechet).toBeGreaterThan(0);
    }
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances[1]).toBeGreaterThan(2 * (distances[0] as number));
  });

  it('tells missing variety by recall: one class of ten', async () => {
    const { training } = splitOf(dataset);
    const ones = Float32Array.from(
      [...training.labels.keys()]
        .filter((i) => training.labels[i] === 1)
        .slice(0, COUNT)
        .flatMap((i) => [...images(training, i, 1)]),
    );
    const { features } = await evaluated(ones);
    expect(features?.model.precision).toBeGreaterThan(0.8);
    expect(features?.model.recall).toBeLessThan(0.3);
  });

  it('sees what has the mean and covariance of the images and is none', async () => {
    const { training } = splitOf(dataset);
    const blend = new Float32Array(COUNT * LENGTH);
    // Mixtures with normal weights: mean and covariance of the data, in expectation.
    const mean = new Float32Array(LENGTH);
    training.images.forEach((value, i) => {
      mean[i % LENGTH] = (mean[i % LENGTH] as number) + value / training.count;
    });
    for (let image = 0; image < COUNT; image++) {
      const weights = new Random(image).normal(training.count);
      for (let i = 0; i < LENGTH; i++) {
        let value = mean[i] as number;
        for (let k = 0; k < training.count; k++)
          value +=
            ((weights[k] as number) * ((training.images[k * LENGTH + i] as number) - (mean[i] as number))) /
            Math.sqrt(training.count);
        blend[image * LENGTH + i] = value;
      }
    }
    const { features } = await evaluated(blend);
    expect(features?.model.frechet).toBeGreaterThan(4 * (features?.floor.frechet as number));
    expect(features?.model.precision).toBeLessThan(0.5);
  });

  it('does without features where there are none', async () => {
    const { features, heldOutLoss, distances } = await evaluated(images(dataset, 0), null);
    expect(features).toBeNull();
    expect(heldOutLoss).toBeGreaterThan(0);
    expect(distances).toHaveLength(COUNT);
  });
});

describe('readFeatureFile', () => {
  it('refuses a file of another data set, and what is none', async () => {
    const bytes = await publicFile('models/features-shapes.safetensors');
    expect(() => readFeatureFile(bytes, 'digits')).toThrow("no 'conv1' of 10×16");
    expect(() => readFeatureFile(new Uint8Array(toImages(new Uint8Array(8), 1).buffer), 'digits')).toThrow();
  });
});
