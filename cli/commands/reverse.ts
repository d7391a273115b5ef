import { allFinite } from '../../src/engine/allFinite';
import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { reverseChain } from '../../src/engine/diffusion/reverseChain';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { nchwToNhwc, nhwcToNchw } from '../../src/engine/unet/layout';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { variance as varianceRow } from '../../src/settings/rows';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { CommandError } from '../errors';
import { modelOptions, openModel } from '../model';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { Progress } from '../progress';
import { givenSettings, settingOptions } from '../settingOptions';
import { TensorInputs } from '../tensors';

const rows = { variance: varianceRow({ default: 'beta', linkBase: 'beta' }) };

export const command = defineCommand({
  summary: 'The whole reverse process from a given x_T with given noise: every x_t.',
  options: {
    ...modelOptions,
    inputs: {
      value: 'FILE',
      description:
        'x_T [B,C,H,W] and z [T,B,C,H,W] float32; z[i] is the noise of the i-th step, used as it is.',
      required: true,
    },
    out: {
      value: 'FILE',
      description: 'Gets chain [T+1,B,C,H,W]: x_T first, the images last.',
      required: true,
    },
    ...settingOptions(rows),
    ...forceOption,
    ...backendOptions,
  },

  async run({ inputs: inputsPath, out, force, backend, threads, ...options }, { tell, warn }) {
    const engine = backendChoice({ backend, threads });
    const { variance = 'beta' } = givenSettings(rows, options);
    const { model, config: configPath } = options;
    await checkOutputs(
      { '--out': out },
      { '--model': model, '--inputs': inputsPath, '--config': configPath },
      { force },
    );
    const inputs = await TensorInputs.open(inputsPath);
    const { config, weights: dict } = await openModel(options, { warn }, inputs.imageSize('x_T'));
    const start = inputs.images('x_T', config, [undefined]);
    const z = inputs.images('z', config, [undefined, start.shape[0]]);
    const [nSteps] = z.shape as [number];
    const diffusion = createDiffusion(config.schedule, nSteps);

    const operations = await startBackend(engine);
    const denoise = unetDenoiser(config, diffusion, operations, weightsFromStateDict(config, dict));
    const { imageChannels: channels, imageSize: size } = config;
    const length = start.data.length;
    const chain = new Float32Array((nSteps + 1) * length);
    const steps = reverseChain(
      diffusion,
      denoise,
      nchwToNhwc(start.data, channels, size * size),
      (step) => nchwToNhwc(z.data.subarray(step * length, (step + 1) * length), channels, size * size),
      variance,
    );
    const progress = new Progress('Reversing', nSteps);
    try {
      let step = 0;
      for await (const x of steps) {
        if (!allFinite(x)) {
          const where = step === 0 ? 'x_T' : `step ${step} of ${nSteps} (t = ${nSteps - step})`;
          throw new CommandError(`The images are NaN or infinite from ${where} on. Nothing was written.`);
        }
        chain.set(nhwcToNchw(x, channels, size * size), step * length);
        progress.update(step++);
      }
    } finally {
      progress.stop();
    }
    const shape = [nSteps + 1, ...start.shape];
    await writeBytes(out, writeSafetensors(new Map([['chain', { shape, data: chain }]])));
    tell({ out, images: start.shape[0], steps: nSteps });
  },
});
