import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import { reverseChain } from '../../src/engine/diffusion/reverseChain';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { nchwToNhwc, nhwcToNchw } from '../../src/engine/unet/layout';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { checkWritable, writeBytes } from '../files';
import { modelOptions, openModel } from '../model';
import { Progress } from '../progress';
import { TensorInputs } from '../tensors';
import { varianceOf, varianceOption } from '../variance';

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
      description: 'Gets chain [T+1,B,C,H,W]: x_T first, the pictures last.',
      required: true,
    },
    ...varianceOption,
    ...backendOptions,
  },

  async run({ model, weights: which, inputs: inputsPath, out, variance, backend, threads }, { tell }) {
    const engine = backendChoice({ backend, threads });
    const sigma = varianceOf(variance);
    const { config, weights: dict } = await openModel({ model, weights: which });
    const inputs = await TensorInputs.open(inputsPath);
    const start = inputs.pictures('x_T', config, [undefined]);
    const z = inputs.pictures('z', config, [undefined, start.shape[0]]);
    const [nSteps] = z.shape as [number];
    const diffusion = createDiffusion(config.schedule, nSteps);
    await checkWritable(out);

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
      sigma,
    );
    const progress = new Progress('Reversing', nSteps);
    try {
      let step = 0;
      for await (const x of steps) {
        chain.set(nhwcToNchw(x, channels, size * size), step * length);
        progress.update(step++);
      }
    } finally {
      progress.stop();
    }
    const shape = [nSteps + 1, ...start.shape];
    await writeBytes(out, writeSafetensors(new Map([['chain', { shape, data: chain }]])));
    tell({ out, pictures: start.shape[0], steps: nSteps });
  },
});
