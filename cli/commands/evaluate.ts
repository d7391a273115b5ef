import { readFile } from 'node:fs/promises';
import { sawHeldOut } from '../../src/engine/checkpoint/sawHeldOut';
import { datasets, isShippedDatasetId } from '../../src/engine/data/datasets';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { samplerOf } from '../../src/engine/diffusion/samplers/samplers';
import { counts } from '../../src/engine/quality/definitions';
import {
  drawSamples,
  type EvaluatedModel,
  evaluateSamples,
  type SampleChoice,
} from '../../src/engine/quality/evaluateSamples';
import { featuresOf } from '../../src/engine/quality/featureFile';
import { mostSamples } from '../../src/engine/quality/metrics';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { seed as seedRow, whole } from '../../src/settings/kinds';
import { guidance as guidanceRow, sampler as samplerRow, samplerSteps } from '../../src/settings/rows';
import { stepsOf } from '../../src/settings/samplingSettings';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { measureBound } from '../bound';
import { defineCommand } from '../command';
import { importOptions } from '../crop';
import { CommandError } from '../errors';
import { evaluationFacts, evaluationText } from '../evaluation';
import { curveChoice, curveOptions, curveText, measureCurve } from '../evaluationCurve';
import { modelConfigOption, modelFiles, readModelFile } from '../model';
import { oneOf } from '../numbers';
import { Progress } from '../progress';
import { defaultsOf, givenSettings, settingOptions } from '../settingOptions';
import { keptData, keptIn } from '../training/run';
import { trainingData } from '../trainingData';

const rows = {
  count: whole({
    label: 'Samples',
    summary: 'Samples to evaluate; compare only values of the same N',
    ...{ min: counts.least, max: counts.most, default: 64, linkBase: 64 },
  }),
  seed: seedRow({ default: 1, linkBase: 1 }),
  sampler: samplerRow({ default: 'ddim', linkBase: 'ddim' }),
  steps: samplerSteps({ default: 'all', linkBase: 'all' }),
  guidance: guidanceRow({ default: 0, linkBase: 0 }),
};

export const command = defineCommand({
  summary:
    'Evaluates a model: quality, variety and novelty of its images, and its loss and bound on held-out images.',
  file: `Model or training state: ${modelFiles}.`,
  options: {
    dataset: {
      value: 'NAME',
      description: `What it learned: one of ${Object.keys(datasets).join(', ')}; by default what the file says.`,
    },
    data: { value: 'PATH', description: 'Your own images that it learned, in place of --dataset.' },
    ...importOptions,
    weights: { value: 'WHICH', description: 'ema (the default) or raw, where the file has both.' },
    ...modelConfigOption,
    ...settingOptions(rows, { steps: 'as suits the sampler' }),
    ...curveOptions,
    ...backendOptions,
  },

  async run(
    { dataset, data, crop, limit, weights: which, config: configPath, evaluations, seeds, ...options },
    { file, tell, warn },
  ) {
    const engine = backendChoice(options);
    const weightsOf = oneOf('weights', which ?? 'ema', ['ema', 'raw']);
    const given = givenSettings(rows, options);
    const chosen = { ...defaultsOf(rows), ...given };
    const { count, seed, sampler, guidance } = chosen;
    const curve = curveChoice({ evaluations, seeds, given, seed });

    const size =
      dataset !== undefined && isShippedDatasetId(dataset) ? datasets[dataset].imageSize : undefined;
    const { checkpoint, metadata } = await readModelFile(file, { warn }, configPath, size);
    const { config, training, ...parts } = checkpoint;
    const named = dataset !== undefined || data !== undefined;
    const learned = named
      ? await trainingData({ dataset, data, crop, limit })
      : await keptData(keptIn(checkpoint, metadata), { crop, limit }, file);
    const images = await learned.load(config);
    const most = mostSamples(images);
    if (count > most) {
      throw new CommandError(
        `'${learned.name}' holds out ${most} images, so at most as many samples can be evaluated ` +
          `(and at least ${counts.least}), not ${count}.`,
      );
    }
    const steps = stepsOf({ steps: given.steps ?? samplerOf(sampler).defaults.steps }, config);
    const choice: SampleChoice = { count, seed, sampler, steps, guidance };

    const operations = await startBackend(engine);
    const diffusion = createDiffusion(config.schedule, config.nSteps);
    const weights = weightsFromStateDict(config, weightsOf === 'ema' ? parts.ema : parts.weights);
    const denoiser: EvaluatedModel['denoiser'] = (conditions) =>
      unetDenoiser(config, diffusion, operations, weights, conditions);
    const saw = sawHeldOut(checkpoint, metadata);
    const features = await featuresOf(learned.name, readModel);
    const inTurn = async <T>(work: () => Promise<T> | T) => work();
    const evaluated = { config, diffusion, operations, weights, denoiser, sawHeldOut: saw, inTurn };
    if (curve) {
      if (!features)
        throw new CommandError(`No network has learned '${learned.name}': there is no Fréchet distance.`);
      const points = await measureCurve(evaluated, { ...curve, count, guidance }, images, features);
      tell(
        { file, dataset: learned.name, count, guidance, seeds: curve.seeds, points },
        curveText(
          points,
          `${file}: ${learned.name}, Fréchet distance of N = ${count} samples by network evaluations`,
        ),
      );
      return undefined;
    }
    const samples = await drawAll(drawSamples(evaluated, choice, images));
    const evaluation = await evaluateSamples(samples, images, features, evaluated);
    const bound = isShippedDatasetId(learned.name)
      ? await measureBound({ config, weights, operations, sawHeldOut: saw }, learned.name, images, seed)
      : null;
    const step = training?.step ?? (metadata.steps === undefined ? null : Number(metadata.steps));
    tell(
      { file, dataset: learned.name, step, ...choice, ...evaluationFacts(evaluation), bound },
      evaluationText(
        evaluation,
        bound,
        `${file}: ${learned.name}, N = ${count}, ${sampler} in ${steps} steps`,
      ),
    );
    return undefined;
  },
});

async function drawAll({ total, way }: ReturnType<typeof drawSamples>): Promise<Float32Array> {
  const progress = new Progress('Sampling', total);
  let samples = new Float32Array();
  try {
    let done = 0;
    for await (const { x } of way) {
      samples = Float32Array.from(x);
      progress.update(++done);
    }
  } finally {
    progress.stop();
  }
  return samples;
}

/** Files that ship with the page. */
async function readModel(fileName: string): Promise<Uint8Array> {
  return readFile(new URL(`../../public/models/${fileName}`, import.meta.url));
}
