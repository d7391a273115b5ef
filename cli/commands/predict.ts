import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { predict } from '../../src/engine/unet/predict';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../errors';
import { checkWritable, writeBytes } from '../files';
import { modelOptions, openModel } from '../model';
import { TensorInputs } from '../tensors';

export const command = defineCommand({
  summary: "The network's prediction for noisy pictures; with the true noise its loss and gradients.",
  options: {
    ...modelOptions,
    inputs: {
      value: 'FILE',
      description: 'x [B,C,H,W] float32, t [B] int32, and noise [B,C,H,W] float32 for the loss.',
      required: true,
    },
    out: { value: 'FILE', description: 'Gets eps [B,C,H,W] and, with noise, loss [1].', required: true },
    grads: { value: 'FILE', description: "Gets the loss's gradient of each parameter, by its name." },
    ...backendOptions,
  },

  async run({ model, weights: which, inputs: inputsPath, out, grads, backend, threads }, { tell }) {
    const engine = backendChoice({ backend, threads });
    const { config, weights: dict } = await openModel({ model, weights: which });
    const inputs = await TensorInputs.open(inputsPath);
    const x = inputs.pictures('x', config, [undefined]);
    const [count] = x.shape as [number];
    const t = inputs.wholeNumbers('t', count, config.nSteps);
    const noise = inputs.has('noise') ? inputs.pictures('noise', config, [count]).data : undefined;
    if (grads !== undefined && !noise) {
      throw new UsageError(`--grads needs the tensor 'noise' in ${inputsPath}: there is no loss without it.`);
    }
    if (config.objective !== 'epsilon') {
      throw new CommandError(
        `${model} predicts '${config.objective}', but predict is for models that predict ε (objective 'epsilon').`,
      );
    }
    for (const path of [out, grads]) if (path !== undefined) await checkWritable(path);

    const operations = await startBackend(engine);
    const weights = weightsFromStateDict(config, dict);
    const prediction = await predict(config, operations, weights, {
      x: x.data,
      t,
      noise,
      gradients: grads !== undefined,
    });
    const outputs = new Map([['eps', { shape: x.shape, data: prediction.eps }]]);
    if (prediction.loss !== undefined)
      outputs.set('loss', { shape: [1], data: Float32Array.of(prediction.loss) });
    await writeBytes(out, writeSafetensors(outputs));
    if (grads !== undefined && prediction.gradients)
      await writeBytes(grads, writeSafetensors(prediction.gradients));
    tell({ out, grads: grads ?? null, pictures: count, loss: prediction.loss ?? null });
  },
});
