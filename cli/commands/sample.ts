import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import {
  type ClassChoice,
  type Condition,
  conditionsOf,
  largestGuidance,
} from '../../src/engine/diffusion/guidance';
import { denoiseInParts } from '../../src/engine/diffusion/samplers/inParts';
import type { SamplerSettings } from '../../src/engine/diffusion/samplers/sampler';
import { type SamplerId, samplers } from '../../src/engine/diffusion/samplers/samplers';
import { type SpacingId, spacedTimesteps, spacings } from '../../src/engine/diffusion/samplers/spacings';
import { Random } from '../../src/engine/training/random';
import type { ModelConfig } from '../../src/engine/unet/config';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { nhwcToNchw } from '../../src/engine/unet/layout';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { columnsOf } from '../../src/ui/canvasGrid/columnsOf';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { UsageError } from '../errors';
import { checkWritable, writeBytes } from '../files';
import { modelOptions, openModel } from '../model';
import { finiteNumber, oneOf, wholeNumber } from '../numbers';
import { gridPng } from '../pictureGrid';
import { Progress } from '../progress';
import { varianceOf, varianceOption } from '../variance';

/** Pictures that go through the network at once. */
const PART = 64;

const usualSteps = Object.entries(samplers)
  .map(([id, { usual }]) => `${usual.steps} for ${id}`)
  .join(', ');

export const command = defineCommand({
  summary: 'Draws pictures from a model.',
  options: {
    ...modelOptions,
    count: { value: 'N', description: 'How many pictures; 16 by default.' },
    seed: { value: 'S', description: 'The same seed and weights give the same pictures; 1 by default.' },
    out: {
      value: 'FILE',
      description: 'A .png gets a grid; a .safetensors gets x0 [N,C,H,W] in [−1, 1], float32.',
      required: true,
      multiple: true,
    },
    sampler: {
      value: 'NAME',
      description: `One of ${Object.keys(samplers).join(', ')}; ancestral by default.`,
    },
    steps: {
      value: 'N',
      description: `How many of the T steps to take; by default ${usualSteps}.`,
    },
    spacing: {
      value: 'NAME',
      description: `Which steps: ${Object.keys(spacings).join(', ')}; by default what suits the sampler.`,
    },
    ...varianceOption,
    eta: { value: 'E', description: 'η of ddim: 0 (the default) is deterministic, 1 is ancestral.' },
    class: {
      value: 'C',
      description:
        'Of a model with classes: a number from 0, each (the default: one after the other) or none.',
    },
    guidance: {
      value: 'W',
      description: `w of classifier-free guidance, 0 … ${largestGuidance}; 0 by default: the class as it was learned.`,
    },
    unclipped: { description: 'Do not clip x̂₀ to [−1, 1] in each step.' },
    'noise-at-end': { description: 'Add σz in the last step too, as the reference does.' },
    ...backendOptions,
  },

  async run({ model, weights: which, out: paths, backend, threads, ...options }, { tell }) {
    const engine = backendChoice({ backend, threads });
    const count = wholeNumber('count', options.count ?? '16', 1, 100_000);
    const seed = wholeNumber('seed', options.seed ?? '1', 0, 2 ** 32 - 1);
    const sampler = oneOf('sampler', options.sampler ?? 'ancestral', Object.keys(samplers) as SamplerId[]);
    const spacing =
      options.spacing === undefined
        ? undefined
        : oneOf('spacing', options.spacing, Object.keys(spacings) as SpacingId[]);
    const variance = varianceOf(options.variance);
    const eta = finiteNumber('eta', options.eta ?? '0');
    if (eta < 0 || eta > 1) throw new UsageError(`--eta must be from 0 to 1, not ${eta}.`);
    const choice = options.class === undefined ? undefined : classChoice(options.class);
    const guidance = finiteNumber('guidance', options.guidance ?? '0');
    const steps = options.steps === undefined ? undefined : wholeNumber('steps', options.steps, 1);
    for (const path of paths) {
      if (!/\.(png|safetensors)$/i.test(path))
        throw new UsageError(`--out must end in .png or .safetensors, not '${path}'.`);
      await checkWritable(path);
    }

    const { config, weights } = await openModel({ model, weights: which });
    const { imageSize: size, imageChannels: channels, nSteps } = config;
    const { usual } = samplers[sampler];
    const classes = choice ?? (config.nClasses > 0 ? 'each' : 'none');
    const conditions = checkedConditions(classes, guidance, count, config);
    const diffusion = createDiffusion(config.schedule, nSteps);
    const visited = spacedTimesteps(
      diffusion,
      steps ?? (usual.steps === 'all' ? nSteps : usual.steps),
      spacing ?? usual.spacing,
    );
    const operations = await startBackend(engine);
    const tensors = weightsFromStateDict(config, weights);
    const length = size * size * channels;
    const random = new Random(seed);
    const settings: SamplerSettings = {
      diffusion,
      denoise: denoiseInParts(
        (xt, t, first) => {
          const those = conditions.slice(first, first + xt.length / length);
          return unetDenoiser(config, diffusion, operations, tensors, those)(xt, t);
        },
        PART,
        length,
      ),
      start: random.normal(count * length),
      timesteps: visited,
      random,
      variance,
      eta,
      clipX0: !options.unclipped,
      noiseAtEnd: options['noise-at-end'],
    };

    let images = settings.start;
    const progress = new Progress('Sampling', visited.length);
    try {
      let done = 0;
      for await (const { x } of samplers[sampler].sampler(settings)) {
        images = x;
        progress.update(++done);
      }
    } finally {
      progress.stop();
    }
    const x0 = { shape: [count, channels, size, size], data: nhwcToNchw(images, channels, size * size) };
    const columns = columnsOf(count, classes === 'each' ? config.nClasses : 0);
    for (const path of paths) {
      const png = path.toLowerCase().endsWith('.png');
      const bytes = png
        ? gridPng({ images, count, size, channels, columns })
        : writeSafetensors(new Map([['x0', x0]]));
      await writeBytes(path, bytes);
    }
    tell({ out: paths, count, seed, sampler, steps: visited.length });
  },
});

function classChoice(text: string): ClassChoice {
  return text === 'each' || text === 'none' ? text : wholeNumber('class', text);
}

/** The class and w of each picture. Throws UsageError for what the model does not have. */
function checkedConditions(
  classes: ClassChoice,
  guidance: number,
  count: number,
  { nClasses }: ModelConfig,
): Condition[] {
  if (nClasses === 0 && guidance !== 0)
    throw new UsageError('--guidance is for a model with classes, and this one has learned none.');
  try {
    return conditionsOf(classes, guidance, count, nClasses);
  } catch (error) {
    throw new UsageError(`--class or --guidance: ${(error as Error).message}`);
  }
}
