// Draws the pictures of the experiments with this engine and writes them to public/experiments:
// `node --import tsx tools/experiments/pictures.ts [ID…]`. Takes some minutes on two cores.
import { writeFileSync } from 'node:fs';
import { gridPng } from '../../cli/imageGrid';
import { batchSource } from '../../src/engine/data/batches';
import { splitOf } from '../../src/engine/data/split';
import { createDiffusion, type Diffusion } from '../../src/engine/diffusion/diffusion';
import { qSample } from '../../src/engine/diffusion/forward';
import { mixtureDenoiser } from '../../src/engine/diffusion/gaussianMixture';
import type { Denoiser } from '../../src/engine/diffusion/samplers/sampler';
import { type SamplerId, samplers } from '../../src/engine/diffusion/samplers/samplers';
import { type SpacingId, spacedTimesteps } from '../../src/engine/diffusion/samplers/spacings';
import { createStudent, distill } from '../../src/engine/distillation/distill';
import type { DistillationSettings } from '../../src/engine/distillation/methods';
import { fusedOperations } from '../../src/engine/kernels/fused';
import { changeHooks } from '../../src/engine/network/changes';
import { reversePaths } from '../../src/engine/points/paths';
import { mixtureOf, pointData } from '../../src/engine/points/pointData';
import { Random } from '../../src/engine/training/random';
import { createTrainingState, trainStep } from '../../src/engine/training/trainer';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { defaultSettings } from '../../src/settings/defaultSettings';
import { studentSampler } from '../../src/views/distillation/studentSampler';
import { type ExperimentId, experimentIds, pictureName } from '../../src/views/experiments/experiments';
import { contentOf } from '../../src/views/experiments/links';
import { digitImages, pretrained, startEngine } from '../../src/views/experiments/testing/pretrained';
import '../../src/app/compose';
import { pointsPng } from '../models/pointsPng';

/** Images in a row. */
const COLUMNS = 8;
const LENGTH = 64;
const SEED = 1;

interface Drawing {
  sampler?: SamplerId;
  steps?: number;
  spacing?: SpacingId;
  seed?: number;
  clipX0?: boolean;
}

async function draw(
  denoise: Denoiser,
  diffusion: Diffusion,
  { sampler = 'ddim', steps = 25, spacing = 'even', seed = SEED, clipX0 = true }: Drawing = {},
): Promise<Float32Array> {
  const random = new Random(seed);
  const start = random.normal(COLUMNS * LENGTH);
  const timesteps = spacedTimesteps(diffusion, steps, spacing);
  let images = start;
  for await (const { x } of samplers[sampler].sampler({
    start,
    random,
    timesteps,
    clipX0,
    diffusion,
    denoise,
  }))
    images = x;
  return images;
}

/** One digit at eight t from none to the last. */
async function noising(schedule: string, nSteps: number): Promise<Float32Array> {
  const diffusion = createDiffusion(schedule, nSteps);
  const x0 = (await digitImages()).images.slice(2 * LENGTH, 3 * LENGTH);
  const noise = new Random(SEED).normal(LENGTH);
  return joined(
    Array.from({ length: COLUMNS }, (_, i) => {
      const t = Math.round((nSteps * i) / (COLUMNS - 1));
      return t === 0 ? x0 : qSample(diffusion, x0, t - 1, noise);
    }),
  );
}

interface Training {
  steps: number;
  learningRate?: number;
  objective?: string;
  weights?: 'ema' | 'weights';
}

/** Samples of a small model after a few training steps. */
async function trained({ steps, learningRate = 2e-3, objective = 'epsilon', weights = 'ema' }: Training) {
  await startEngine();
  const { model, training } = defaultSettings('digits');
  const config = { ...model, nChannels: 16, nGroups: 16, objective };
  const state = createTrainingState(config, SEED);
  const source = batchSource(splitOf(await digitImages()).training);
  let loss = 0;
  for (let i = 0; i < steps; i++)
    loss = await trainStep(state, fusedOperations, source, { ...training, learningRate }).loss;
  process.stdout.write(`  ${objective} at ${learningRate}: loss ${loss.toFixed(3)} after ${steps} steps\n`);
  return draw(unetDenoiser(config, state.diffusion, fusedOperations, state[weights]), state.diffusion);
}

async function guided(guidance: number) {
  const { denoiser, diffusion } = await pretrained('digitsByClass');
  return draw(denoiser(Array.from({ length: COLUMNS }, (_, label) => ({ label, guidance }))), diffusion);
}

async function pretrainedSamples(drawing: Drawing, id: 'digits' | 'digitsByClass' | 'digitsFlow' = 'digits') {
  const { denoiser, diffusion } = await pretrained(id);
  return draw(denoiser(), diffusion, drawing);
}

/** One step of a student of the pretrained digits that has learned as in its experiment. */
async function distilled() {
  const { config, diffusion, weights } = await pretrained('digits');
  const { distillation } = contentOf('oneStep').views;
  const source = batchSource(splitOf(await digitImages()).training);
  const student = createStudent({ config, diffusion, weights }, SEED);
  const settings = distillation as DistillationSettings;
  for await (const { stage, step, loss } of distill(
    { config, diffusion, weights },
    student,
    fusedOperations,
    source,
    settings,
  )) {
    const value = await loss;
    if (step % 50 === 0)
      process.stdout.write(`  stage ${stage + 1}, step ${step}: loss ${value.toFixed(4)}\n`);
  }
  const denoise = unetDenoiser(student.config, student.diffusion, fusedOperations, student.ema);
  return draw(denoise, student.diffusion, { ...studentSampler, steps: settings.studentSteps });
}

async function withoutAttention() {
  const { config, denoiser, diffusion } = await pretrained('digits');
  const { changes } = contentOf('attention').views.network as { changes: { point: string; scale: number }[] };
  return draw(denoiser(undefined, changeHooks(config, changes)), diffusion);
}

/** Where the exact field leads noise, over the data. */
async function exactSamples() {
  const data = pointData({ set: 'moons', count: 40 }, 0.02);
  const diffusion = createDiffusion('cosine', 200);
  const denoise = mixtureDenoiser(mixtureOf(data), diffusion);
  const { positions } = await reversePaths(
    samplers.ddim,
    { diffusion, denoise },
    { count: 400, steps: 50, seed: SEED },
  );
  return pointsPng(data.points, positions.at(-1) as Float32Array);
}

/** Arrows of the exact score on a grid of the plane, as rows of dots that get denser towards the tip. */
async function scoreArrows() {
  const data = pointData({ set: 'moons', count: 256 }, 0.08);
  const diffusion = createDiffusion('cosine', 200);
  const t = 60;
  const places = Array.from({ length: 14 * 14 }, (_, i) => [
    ((i % 14) - 6.5) / 2.4,
    (Math.floor(i / 14) - 6.5) / 2.4,
  ]);
  const eps = await mixtureDenoiser(mixtureOf(data), diffusion)(Float32Array.from(places.flat()), t);
  const dots = places.flatMap(([x, y], i) =>
    Array.from({ length: 14 }, (_, k) => {
      const along = 0.28 * Math.sqrt(k / 13);
      return [
        (x as number) - along * (eps[2 * i] as number),
        (y as number) - along * (eps[2 * i + 1] as number),
      ];
    }).flat(),
  );
  return pointsPng(data.points, Float32Array.from(dots));
}

type Picture = () => Promise<Uint8Array>;

const rows =
  (...make: (() => Promise<Float32Array>)[]): Picture =>
  async () => {
    const images: Float32Array[] = [];
    for (const row of make) images.push(await row());
    const count = make.length * COLUMNS;
    return gridPng({ images: joined(images), count, size: 8, channels: 1, columns: COLUMNS });
  };

const pictures: Record<ExperimentId, Picture> = {
  schedule: rows(
    () => noising('linear', 1000),
    () => noising('cosine', 1000),
  ),
  tenSteps: rows(
    () => pretrainedSamples({ sampler: 'ancestral', steps: 10 }),
    () => pretrainedSamples({ steps: 10 }),
  ),
  oneStep: rows(
    () => pretrainedSamples({ ...studentSampler, steps: 8 }),
    () => pretrainedSamples({ ...studentSampler, steps: 1 }),
    distilled,
  ),
  straight: rows(
    () => pretrainedSamples({ ...studentSampler, steps: 2 }),
    () => pretrainedSamples({ ...studentSampler, steps: 2 }, 'digitsFlow'),
    () => pretrainedSamples({ ...studentSampler, steps: 32 }, 'digitsFlow'),
  ),
  guidance: rows(
    () => guided(0),
    () => guided(2),
    () => guided(8),
  ),
  memorised: exactSamples,
  learningRate: rows(
    () => trained({ steps: 300 }),
    () => trained({ steps: 300, learningRate: 0.1 }),
  ),
  clipping: rows(
    () => pretrainedSamples({ sampler: 'ancestral', steps: 10, clipX0: false }),
    () => pretrainedSamples({ sampler: 'ancestral', steps: 10 }),
  ),
  target: rows(
    () => trained({ steps: 300 }),
    () => trained({ steps: 300, objective: 'x0' }),
    () => trained({ steps: 300, objective: 'v' }),
  ),
  fiftySteps: rows(
    () => noising('linear', 50),
    () => noising('cosine', 50),
  ),
  score: scoreArrows,
  average: rows(
    () => trained({ steps: 300 }),
    () => trained({ steps: 300, weights: 'weights' }),
  ),
  attention: rows(() => pretrainedSamples({}), withoutAttention),
  twoModels: rows(
    () => pretrainedSamples({ seed: 7 }),
    () => pretrainedSamples({ seed: 7 }, 'digitsByClass'),
  ),
};

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const asked = process.argv.slice(2) as ExperimentId[];
for (const id of asked.length > 0 ? asked : experimentIds) {
  writeFileSync(
    new URL(`../../public/experiments/${pictureName(id)}`, import.meta.url),
    await pictures[id](),
  );
  process.stdout.write(`${id} is drawn.\n`);
}
