import { type Checkpoint, readBundle, writeBundle } from '../../src/engine/checkpoint/bundle';
import { configOf } from '../../src/engine/checkpoint/model';
import { plainModel } from '../../src/engine/checkpoint/plainModel';
import { restoreTrainingState } from '../../src/engine/checkpoint/restore';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors';
import { readStateDict } from '../../src/engine/checkpoint/stateDictFile';
import { startBackend } from '../backend';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../errors';
import { checkWritable, readAs, readBytes, writeBytes } from '../files';
import { oneOf, wholeNumber } from '../numbers';

export const command = defineCommand({
  summary: 'Makes a plain model of a training state, or the other way, and float16 of float32 or back.',
  file: "Model, training state, or the reference's state dict; safetensors.",
  options: {
    to: {
      value: 'KIND',
      description: "model (the default): the reference's state dict with its config; or state.",
    },
    dtype: { value: 'TYPE', description: 'Of a model: f32 (the default) or f16.' },
    weights: { value: 'WHICH', description: 'Of a training state: ema (the default) or raw.' },
    config: { value: 'FILE', description: 'JSON: the config of a state dict whose file does not hold one.' },
    seed: { value: 'S', description: 'Of the random numbers of a new training state; 1 by default.' },
    out: { value: 'FILE', description: 'Gets what is made, safetensors.', required: true },
  },

  async run({ to, dtype, weights, config, seed, out }, { file, tell }) {
    const kind = oneOf('to', to ?? 'model', ['model', 'state']);
    const type = oneOf('dtype', dtype ?? 'f32', ['f32', 'f16']);
    const which = oneOf('weights', weights ?? 'ema', ['ema', 'raw']);
    const number = wholeNumber('seed', seed ?? '1', 0, 2 ** 32 - 1);
    if (kind === 'state' && type === 'f16')
      throw new UsageError('A training state is float32: training goes on from it to the bit.');
    await checkWritable(out);
    const { checkpoint, facts } = await openAny(file, config);
    if (kind === 'state' && checkpoint.training)
      throw new CommandError(`${file} is a training state already.`);

    const bytes =
      kind === 'state'
        ? await stateBytes(checkpoint, number, facts)
        : await readAs(file, () => plainModel(checkpoint, { weights: which, dtype: type }, facts));
    await writeBytes(out, bytes);
    tell(
      { file, out, kind, dtype: type, bytes: bytes.length },
      `${out} has the ${kind === 'state' ? 'training state' : 'model'}, ${bytes.length.toLocaleString('en')} bytes.`,
    );
  },
});

/** A model file of any kind, and what else its metadata say; a state dict without a config takes it from the file named. */
async function openAny(
  path: string,
  configPath: string | undefined,
): Promise<{ checkpoint: Checkpoint; facts: Record<string, string> }> {
  const { tensors, metadata } = await readAs(path, readSafetensors);
  const { config: own, training: _, format: __, ...facts } = metadata;
  if (own !== undefined) {
    if (configPath !== undefined)
      throw new UsageError(`--config is for files without one, and ${path} has its own.`);
    return { checkpoint: await readAs(path, readBundle), facts };
  }
  if (configPath === undefined)
    throw new CommandError(`${path} does not hold the config of its model: name it with --config FILE.`);
  const text = new TextDecoder().decode(await readBytes(configPath));
  const config = await readAs(configPath, () => configOf({ config: text }));
  return { checkpoint: await readAs(path, () => readStateDict(tensors, config)), facts };
}

async function stateBytes(
  checkpoint: Checkpoint,
  seed: number,
  { dataset, saw_held_out: saw }: Record<string, string>,
): Promise<Uint8Array> {
  await startBackend({ name: 'cpu', threads: 1 });
  const extra = {
    ...(dataset === undefined ? {} : { dataset }),
    settings: null,
    sawHeldOut: saw !== 'false',
  };
  return writeBundle(restoreTrainingState(checkpoint, seed), extra);
}
