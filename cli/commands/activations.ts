import { writeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { activations, moduleOutputs } from '../../src/engine/network/activations';
import { nchwToNhwc } from '../../src/engine/unet/layout';
import { weightsFromStateDict } from '../../src/engine/unet/weights';
import { backendChoice, backendOptions, startBackend } from '../backend';
import { defineCommand } from '../command';
import { modelOptions, openModel } from '../model';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { checkFinite, TensorInputs } from '../tensors';

export const command = defineCommand({
  summary: 'What every block of the network computes for noisy images.',
  options: {
    ...modelOptions,
    inputs: { value: 'FILE', description: 'x [B,C,H,W] float32 and t [B] int32.', required: true },
    out: {
      value: 'FILE',
      description: "Gets each block's output, by the reference's module name; attention weights [B,L,L].",
      required: true,
    },
    ...forceOption,
    ...backendOptions,
  },

  async run({ inputs: inputsPath, out, force, backend, threads, ...modelChoice }, { tell, warn }) {
    const engine = backendChoice({ backend, threads });
    const { model, config: configPath } = modelChoice;
    await checkOutputs(
      { '--out': out },
      { '--model': model, '--inputs': inputsPath, '--config': configPath },
      { force },
    );
    const inputs = await TensorInputs.open(inputsPath);
    const { config, weights: dict } = await openModel(modelChoice, { warn }, inputs.imageSize('x'));
    const { shape, data } = inputs.images('x', config, [undefined]);
    const [count] = shape as [number];
    const t = inputs.wholeNumbers('t', count, config.nSteps);

    const operations = await startBackend(engine);
    const weights = weightsFromStateDict(config, dict);
    const x = nchwToNhwc(data, config.imageChannels, config.imageSize ** 2);
    const points = moduleOutputs(config);
    const outputs = await activations(config, operations, weights, { x, t }, points);
    await writeBytes(out, writeSafetensors(outputs));
    // Written all the same: the file shows where the numbers grow too large.
    checkFinite(outputs, `${out} is written, but the output`);
    tell({ out, images: count, tensors: outputs.size });
  },
});
