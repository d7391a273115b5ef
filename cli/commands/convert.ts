import { type Checkpoint, writeBundle } from '../../src/engine/checkpoint/bundle';
import { plainModel } from '../../src/engine/checkpoint/plainModel';
import { restoreTrainingState } from '../../src/engine/checkpoint/restore';
import { sawHeldOut } from '../../src/engine/checkpoint/sawHeldOut';
import { startBackend } from '../backend';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../errors';
import { naming } from '../files';
import { modelConfigOption, modelFiles, readModelFile } from '../model';
import { oneOf, wholeNumber } from '../numbers';
import { checkOutputs, forceOption, writeBytes } from '../outputFiles';
import { keptIn, movedFacts } from '../training/run';

export const command = defineCommand({
  summary: 'Makes a plain model of a training state, or the other way, and float16 of float32 or back.',
  file: `Model, training state, or a checkpoint of PyTorch: ${modelFiles}.`,
  options: {
    to: {
      value: 'KIND',
      description: "model (the default): the reference's state dict with its config; or state.",
    },
    dtype: { value: 'TYPE', description: 'Of a model: f32 (the default) or f16.' },
    weights: { value: 'WHICH', description: 'ema (the default) or raw, where the file has both.' },
    ...modelConfigOption,
    seed: { value: 'S', description: 'Of the random numbers of a new training state; 1 by default.' },
    out: { value: 'FILE', description: 'Gets what is made, safetensors.', required: true },
    ...forceOption,
  },

  async run({ to, dtype, weights, config, seed, out, force }, { file, tell, warn }) {
    const kind = oneOf('to', to ?? 'model', ['model', 'state']);
    const type = oneOf('dtype', dtype ?? 'f32', ['f32', 'f16']);
    const which = oneOf('weights', weights ?? 'ema', ['ema', 'raw']);
    const number = wholeNumber('seed', seed ?? '1', 0, 2 ** 32 - 1);
    if (kind === 'state' && type === 'f16')
      throw new UsageError('A training state is float32: training goes on from it to the bit.');
    await checkOutputs({ '--out': out }, { FILE: file, '--config': config }, { force });
    const { checkpoint, metadata } = await readModelFile(file, { warn }, config);
    const { config: _, training: __, format: ___, dataset: ____, data: _____, ...rest } = metadata;
    const data = await movedFacts(keptIn(checkpoint, metadata), file, out);
    const facts = { ...rest, ...data };
    if (kind === 'state' && checkpoint.training)
      throw new CommandError(`${file} is a training state already.`);

    const bytes =
      kind === 'state'
        ? await stateBytes(checkpoint, number, { ...data, sawHeldOut: sawHeldOut(checkpoint, metadata) })
        : naming(file, () => plainModel(checkpoint, { weights: which, dtype: type }, facts));
    await writeBytes(out, bytes);
    tell(
      { file, out, kind, dtype: type, bytes: bytes.length },
      `${out} has the ${kind === 'state' ? 'training state' : 'model'}, ${bytes.length.toLocaleString('en')} bytes.`,
    );
  },
});

async function stateBytes(
  checkpoint: Checkpoint,
  seed: number,
  facts: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  await startBackend({ name: 'cpu', threads: 1 });
  return writeBundle(restoreTrainingState(checkpoint, seed), { settings: null, ...facts });
}
