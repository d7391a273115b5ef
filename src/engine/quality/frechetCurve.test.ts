import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { startWasm } from '../backend/wasm';
import { readBundle } from '../checkpoint/bundle';
import { type Dataset, toImages } from '../data/dataset';
import { loadDataset } from '../data/datasets';
import { createDiffusion } from '../diffusion/diffusion';
import { fusedOperations } from '../kernels/fused';
import { unetDenoiser } from '../unet/denoiser';
import { weightsFromStateDict } from '../unet/weights';
import { drawSamples, type EvaluatedModel, evaluateSamples } from './evaluateSamples';
import { type FeatureFile, featuresOf } from './featureFile';
import { type CurveReport, frechetCurve, runsOf, spreadOf } from './frechetCurve';

const publicFile = (name: string) => readFile(new URL(`../../../public/${name}`, import.meta.url));
const readModel = (name: string) => publicFile(`models/${name}`);
const COUNT = 40;

let dataset: Dataset;
let features: FeatureFile;
let model: EvaluatedModel;

beforeAll(async () => {
  await startWasm({ threads: 1 });
  dataset = await loadDataset('digits', (name) => publicFile(`data/${name}`));
  features = (await featuresOf('digits', readModel)) as FeatureFile;
  const { config, ema } = readBundle(await readModel('digits.safetensors'));
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  const weights = weightsFromStateDict(config, ema);
  model = {
    ...{ config, diffusion, weights, operations: fusedOperations, sawHeldOut: false },
    denoiser: (conditions) => unetDenoiser(config, diffusion, fusedOperations, weights, conditions),
    inTurn: async (work) => work(),
  };
});

it('takes as many steps as the network evaluations allow, each number once', () => {
  const runs = runsOf({ samplers: ['ddim', 'heun', 'flowMidpoint'], evaluations: [1, 2, 4, 8] }, 5);
  expect(runs.map(({ sampler, steps }) => `${sampler} ${steps}`)).toEqual([
    // No more than the T = 5 steps.
    ...['ddim 1', 'ddim 2', 'ddim 4', 'ddim 5'],
    // Two a step, one in the last: 1, 3, 5, 7, 9.
    ...['heun 1', 'heun 2', 'heun 4'],
    // Two in every step: not one evaluation is enough for any.
    ...['flowMidpoint 1', 'flowMidpoint 2', 'flowMidpoint 4'],
  ]);
});

it('measures what an evaluation measures, and that more evaluations come closer to the data', async () => {
  const reports: CurveReport[] = [];
  const choice = {
    samplers: ['ddim'] as const,
    evaluations: [2, 16],
    count: COUNT,
    guidance: 0,
    seeds: [3, 4],
  };
  for await (const report of frechetCurve(model, choice, dataset, features)) reports.push(report);
  const points = reports.flatMap(({ point }) => point ?? []);
  expect(points.map(({ steps, evaluations }) => [steps, evaluations])).toEqual([
    [2, 2],
    [16, 16],
  ]);
  expect(spreadOf(points[1]?.distances as number[]).mean).toBeLessThan(
    spreadOf(points[0]?.distances as number[]).mean / 2,
  );

  const sample = { count: COUNT, guidance: 0, sampler: 'ddim', steps: 16, seed: 4 } as const;
  let samples = new Float32Array();
  for await (const { x } of drawSamples(model, sample, dataset).way) samples = Float32Array.from(x);
  const evaluation = await evaluateSamples(samples, dataset, features, model);
  expect(points[1]?.distances[1]).toBeCloseTo(evaluation.features?.model.frechet as number, 6);

  // Two seeds, each with 2 and 16 evaluations.
  expect(reports.at(-1)).toMatchObject({ done: 36, total: 36 });
  const done = reports.map((report) => report.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});

it('says the mean over the seeds and how far they lie apart', () => {
  expect(spreadOf([2, 4, 9])).toEqual({ mean: 5, deviation: Math.sqrt(13) });
  expect(spreadOf([7])).toEqual({ mean: 7, deviation: 0 });
});

it('has no network for images of one’s own, and names a file that cannot be used', async () => {
  expect(await featuresOf('own-1', readModel)).toBeNull();
  const broken = async () => new Uint8Array(toImages(new Uint8Array(8), 1).buffer);
  await expect(featuresOf('digits', broken)).rejects.toThrow('models/features-digits.safetensors');
});
