import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { createDiffusion } from '../../src/engine/diffusion/diffusion';
import type { Operations } from '../../src/engine/kernels/operations';
import type { ModelConfig } from '../../src/engine/unet/config';
import { unetDenoiser } from '../../src/engine/unet/denoiser';
import { nchwToNhwc, nhwcToNchw } from '../../src/engine/unet/layout';
import { type Prediction, predict } from '../../src/engine/unet/predict';
import { type Weights, weightsFromStateDict } from '../../src/engine/unet/weights';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../errors';
import { modelOptions, openModel } from '../model';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { checkFinite, TensorInputs } from '../tensors';

export const command = defineCommand({
  summary: "The network's prediction for noisy images; with the true noise its loss and gradients.",
  options: {
    ...modelOptions,
    inputs: {
      value: 'FILE',
      description: 'x [B,C,H,W] float32, t [B] int32, and noise [B,C,H,W] float32 for the loss.',
      required: true,
    },
    out: { value: 'FILE', description: 'Gets eps [B,C,H,W] and, with noise, loss [1].', required: true },
    grads: { value: 'FILE', description: "Gets the loss's gradient of each parameter, by its name." },
    ...forceOption,
    ...backendOptions,
  },

  async run({ inputs: inputsPath, out, grads, force, backend, threads, ...modelChoice }, { tell, warn }) {
    const engine = backendChoice({ backend, threads });
    const { model, config: configPath } = modelChoice;
    const read = { '--model': model, '--inputs': inputsPath, '--config': configPath };
    await checkOutputs({ '--out': out, '--grads': grads }, read, { force });
    const inputs = await TensorInputs.open(inputsPath);
    const { config, weights: dict } = await openModel(modelChoice, { warn }, inputs.imageSize('x'));
    const x = inputs.images('x', config, [undefined]);
    const [count] = x.shape as [number];
    const t = inputs.wholeNumbers('t', count, config.nSteps);
    const noise = inputs.has('noise') ? inputs.images('noise', config, [count]).data : undefined;
    if (grads !== undefined && !noise) {
      throw new UsageError(`--grads needs the tensor 'noise' in ${inputsPath}: there is no loss without it.`);
    }
    if (config.objective !== 'epsilon' && noise) {
      throw new CommandError(
        `${model} predicts '${config.objective}': predict gives its ε̂, but the loss only of models that predict ε. ` +
          "Leave out 'noise'.",
      );
    }

    const operations = await startBackend(engine);
    const weights = weightsFromStateDict(config, dict);
    const prediction: Prediction =
      config.objective === 'epsilon'
        ? await predict(config, operations, weights, { x: x.data, t, noise, gradients: grads !== undefined })
        : { eps: await noiseIn(config, operations, weights, x.data, t) };
    const predicted = new Map([['eps', { shape: x.shape, data: prediction.eps }]]);
    if (prediction.loss !== undefined)
      predicted.set('loss', { shape: [1], data: Float32Array.of(prediction.loss) });
    checkFinite(predicted, "The network's output");
    if (prediction.gradients) checkFinite(prediction.gradients, 'The gradient');
    await writeBytes(out, writeSafetensors(predicted));
    if (grads !== undefined && prediction.gradients)
      await writeBytes(grads, writeSafetensors(prediction.gradients));
    tell({ out, grads: grads ?? null, images: count, loss: prediction.loss ?? null });
  },
});

/** ε̂ of images `[B,C,H,W]`, each at its own t, from a network that predicts something else. */
async function noiseIn(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  x: Float32Array,
  t: Int32Array,
): Promise<Float32Array> {
  const { imageChannels, imageSize } = config;
  const denoise = unetDenoiser(config, createDiffusion(config.schedule, config.nSteps), operations, weights);
  const length = imageChannels * imageSize ** 2;
  const eps = new Float32Array(x.length);
  for (const [i, one] of t.entries()) {
    const image = nchwToNhwc(x.subarray(i * length, (i + 1) * length), imageChannels, imageSize ** 2);
    eps.set(nhwcToNchw(await denoise(image, one), imageChannels, imageSize ** 2), i * length);
  }
  return eps;
}
