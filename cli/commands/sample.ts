import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { columnsOf } from '../../src/engine/data/columnsOf';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { type ClassChoice, type Condition, conditionsOf } from '../../src/engine/diffusion/guidance';
import { denoiseInParts } from '../../src/engine/diffusion/samplers/inParts';
import type { SamplerSettings } from '../../src/engine/diffusion/samplers/sampler';
import { samplerOf, samplers } from '../../src/engine/diffusion/samplers/samplers';
import { spacedTimesteps } from '../../src/engine/diffusion/samplers/spacings';
import { Random } from '../../src/engine/training/random';
import type { ModelConfig } from '../../src/engine/unet/config';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { nhwcToNchw } from '../../src/engine/unet/layout';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { samplingGroup } from '../../src/settings/groups/sampling';
import { guidance, imageCount, samplerRows } from '../../src/settings/rows';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { UsageError } from '../errors';
import { gridPng } from '../imageGrid';
import { modelOptions, openModel } from '../model';
import { wholeNumber } from '../numbers';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { Progress } from '../progress';
import { defaultsOf, givenSettings, settingOptions } from '../settingOptions';

/** Images that go through the network at once. */
const PART = 64;

const rows = {
  count: imageCount({ default: 16, linkBase: 16, max: 100_000 }),
  seed: samplingGroup.rows.seed,
  ...samplerRows(samplingGroup.defaults),
  guidance: guidance({ default: 0, linkBase: 0 }),
};
const stepsBySampler = Object.entries(samplers)
  .map(([id, { defaults }]) => `${defaults.steps} for ${id}`)
  .join(', ');

export const command = defineCommand({
  summary: 'Draws images from a model.',
  options: {
    ...modelOptions,
    out: {
      value: 'FILE',
      description: 'A .png gets a grid; a .safetensors gets x0 [N,C,H,W] in [−1, 1], float32.',
      required: true,
      multiple: true,
    },
    ...settingOptions(rows, { steps: stepsBySampler, spacing: 'as suits the sampler' }),
    class: {
      value: 'C',
      description:
        'Of a model with classes: a number from 0, each (the default: one after the other) or none.',
    },
    unclipped: { description: 'Do not clip x̂₀ to [−1, 1] in each step.' },
    ...forceOption,
    ...backendOptions,
  },

  async run(
    { model, weights: which, config: configPath, out: paths, force, backend, threads, ...options },
    { tell, warn },
  ) {
    const engine = backendChoice({ backend, threads });
    const given = givenSettings(rows, options);
    const base = { ...defaultsOf(rows), ...given };
    const chosen = { ...base, ...samplerOf(base.sampler).defaults, ...given };
    const { count, seed, sampler } = chosen;
    const choice = options.class === undefined ? undefined : classChoice(options.class);
    for (const path of paths) {
      if (!/\.(png|safetensors)$/i.test(path))
        throw new UsageError(`--out must end in .png or .safetensors, not '${path}'.`);
    }
    await checkOutputs({ '--out': paths }, { '--model': model, '--config': configPath }, { force });

    const { config, weights } = await openModel({ model, weights: which, config: configPath }, { warn });
    const { imageSize: size, imageChannels: channels, nSteps } = config;
    const classes = choice ?? (config.nClasses > 0 ? 'each' : 'none');
    const conditions = checkedConditions(classes, chosen.guidance, count, config);
    const diffusion = createDiffusion(config.schedule, nSteps);
    const steps = chosen.steps === 'all' ? nSteps : chosen.steps;
    const visited = spacedTimesteps(diffusion, steps, chosen.spacing);
    const operations = await startBackend(engine);
    const tensors = weightsFromStateDict(config, weights);
    const length = size * size * channels;
    const random = new Random(seed);
    const settings: SamplerSettings = {
      ...chosen,
      diffusion,
      denoise: denoiseInParts(
        (xt, t, v, first) => {
          const those = conditions.slice(first, first + xt.length / length);
          return unetDenoiser(config, diffusion, operations, tensors, those)(xt, t, v);
        },
        PART,
        length,
      ),
      start: random.normal(count * length),
      timesteps: visited,
      random,
      clipX0: !options.unclipped,
    };

    let images = settings.start;
    const progress = new Progress('Sampling', visited.length);
    try {
      let done = 0;
      for await (const { x } of samplerOf(sampler).sampler(settings)) {
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

/** The class and w of each image. Throws UsageError for what the model does not have. */
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
