import { readFile } from 'node:fs/promises';
import { readBundle } from '../../src/engine/checkpoint/bundle';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors';
import { datasets, isShippedDatasetId } from '../../src/engine/data/datasets';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { largestGuidance } from '../../src/engine/diffusion/guidance';
import { type SamplerId, samplers } from '../../src/engine/diffusion/samplers/samplers';
import { counts } from '../../src/engine/quality/definitions';
import { featureFileName, readFeatureFile } from '../../src/engine/quality/featureFile';
import { drawSamples, type JudgedMeans, judge, type SampleChoice } from '../../src/engine/quality/judge';
import { mostSamples } from '../../src/engine/quality/yardstick';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { measureBound } from '../bound';
import { defineCommand } from '../command';
import { cropOption } from '../crop';
import { CommandError, UsageError } from '../errors';
import { readAs } from '../files';
import { judgementFacts, judgementText } from '../judgement';
import { finiteNumber, oneOf, wholeNumber } from '../numbers';
import { Progress } from '../progress';
import { earlierRun } from '../training/run';
import { trainingData } from '../trainingData';

const DEFAULT_COUNT = 64;

export const command = defineCommand({
  summary:
    'Says how good, how varied and how new the pictures of a model are, and its loss and bound on held-out ones.',
  file: 'Model or training state, safetensors.',
  options: {
    dataset: {
      value: 'NAME',
      description: `What it learned: one of ${Object.keys(datasets).join(', ')}; by default what the file says.`,
    },
    data: { value: 'PATH', description: "In place of it: the pictures of one's own that it learned." },
    ...cropOption,
    weights: { value: 'WHICH', description: 'Of a training state: ema (the default) or raw.' },
    count: {
      value: 'N',
      description: `Samples to judge, ${counts.least} to ${counts.most}; ${DEFAULT_COUNT} by default. Compare only values of the same N.`,
    },
    seed: { value: 'S', description: 'The same seed and weights give the same numbers; 1 by default.' },
    sampler: { value: 'NAME', description: `One of ${Object.keys(samplers).join(', ')}; ddim by default.` },
    guidance: {
      value: 'W',
      description: `Of a model with classes, 0 (the default) to ${largestGuidance}; its samples have the classes of the data.`,
    },
    steps: { value: 'N', description: 'How many of the T steps to take; by default what suits the sampler.' },
    ...backendOptions,
  },

  async run({ dataset, data, crop, weights: which, backend, threads, ...options }, { file, tell }) {
    const engine = backendChoice({ backend, threads });
    const chosen = oneOf('weights', which ?? 'ema', ['ema', 'raw']);
    const sampler = oneOf('sampler', options.sampler ?? 'ddim', Object.keys(samplers) as SamplerId[]);
    const seed = wholeNumber('seed', options.seed ?? '1', 0, 2 ** 32 - 1);
    const count = wholeNumber('count', options.count ?? String(DEFAULT_COUNT), counts.least, counts.most);
    const guidance = finiteNumber('guidance', options.guidance ?? '0');
    if (guidance < 0 || guidance > largestGuidance)
      throw new UsageError(`--guidance must be from 0 to ${largestGuidance}, not ${guidance}.`);
    const asked = options.steps === undefined ? undefined : wholeNumber('steps', options.steps, 1);

    const { metadata } = await readAs(file, readSafetensors);
    const { config, training, ...parts } = await readAs(file, readBundle);
    const kept = earlierRun(training?.extra);
    const named = dataset !== undefined || data !== undefined;
    const learned = named
      ? await trainingData(dataset, data, crop)
      : await trainingData(kept.dataset ?? metadata.dataset, kept.data, crop ?? kept.crop);
    const pictures = await learned.load(config);
    const most = mostSamples(pictures);
    if (count > most) {
      throw new CommandError(
        `'${learned.name}' holds out ${most} pictures, so at most as many samples can be judged ` +
          `(and at least ${counts.least}), not ${count}.`,
      );
    }
    const { usual } = samplers[sampler];
    const steps = Math.min(asked ?? (usual.steps === 'all' ? config.nSteps : usual.steps), config.nSteps);
    const choice: SampleChoice = { count, seed, sampler, steps, guidance };

    const operations = await startBackend(engine);
    const diffusion = createDiffusion(config.schedule, config.nSteps);
    const weights = weightsFromStateDict(config, chosen === 'ema' ? parts.ema : parts.weights);
    const denoiser: JudgedMeans['denoiser'] = (conditions) =>
      unetDenoiser(config, diffusion, operations, weights, conditions);
    const samples = await drawAll(drawSamples({ config, diffusion, denoiser }, choice, pictures));
    const sawHeldOut = kept.sawHeldOut ?? metadata.saw_held_out !== 'false';
    const features = isShippedDatasetId(learned.name)
      ? readFeatureFile(await readModel(featureFileName(learned.name)), learned.name)
      : null;
    const inTurn = async <T>(work: () => Promise<T> | T) => work();
    const means = { config, diffusion, operations, weights, denoiser, sawHeldOut, inTurn };
    const judgement = await judge(samples, pictures, features, means);
    const bound = isShippedDatasetId(learned.name)
      ? await measureBound({ config, weights, operations, sawHeldOut }, learned.name, pictures, seed)
      : null;
    const step = training?.step ?? (metadata.steps === undefined ? null : Number(metadata.steps));
    tell(
      { file, dataset: learned.name, step, ...choice, ...judgementFacts(judgement), bound },
      judgementText(judgement, bound, `${file}: ${learned.name}, N = ${count}, ${sampler} in ${steps} steps`),
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
