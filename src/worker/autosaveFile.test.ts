import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { readBundle, writeBundle } from '../engine/checkpoint/bundle';
import { readSafetensors, type WrittenTensor, writeSafetensors } from '../engine/checkpoint/safetensors';
import { createTrainingState } from '../engine/training/trainer';
import { parseModelConfig } from '../engine/unet/config';
import { readAutosave, toBundle, writeAutosave } from './autosaveFile';

// Every kind of layer: convolutions of both sizes, the transposed one, norms, linear layers, classes.
const config = parseModelConfig({
  ...{
    image_channels: 3,
    image_size: 8,
    n_channels: 8,
    ch_mults: [1, 2],
    is_attn: [false, true],
    n_blocks: 1,
  },
  ...{ n_steps: 10, n_groups: 2, n_final_groups: 2, n_classes: 3 },
});
const extra = { dataset: null };
const losses = Float32Array.of(3, 2, 1);

beforeAll(() => tf.setBackend('cpu'));

async function files(): Promise<{ autosave: Uint8Array; bundle: Uint8Array }> {
  const state = createTrainingState(config, 5);
  state.step = 3;
  for (const part of ['ema', 'm', 'v'] as const)
    for (const variable of state[part].values())
      tf.tidy(() => variable.assign(tf.randomUniform(variable.shape)));
  return {
    autosave: await writeAutosave(state, extra, losses),
    bundle: await writeBundle(state, extra, losses),
  };
}

test('an autosave is the bundle in another layout, to the bit', async () => {
  const { autosave, bundle } = await files();
  expect(readSafetensors(autosave).tensors.has('ema/final')).toBe(true);
  expect(readAutosave(autosave)).toEqual(readBundle(bundle));
  expect(readBundle(toBundle(autosave))).toEqual(readBundle(bundle));
  // Those of earlier versions are bundles themselves.
  expect(readAutosave(bundle)).toEqual(readBundle(bundle));
  expect(toBundle(bundle)).toBe(bundle);
});

test('a state that is not finite is not written', async () => {
  const state = createTrainingState(config, 5);
  state.step = 3;
  const [last] = [...state.v.values()].slice(-1);
  last?.assign(tf.fill(last.shape, Number.POSITIVE_INFINITY));
  await expect(writeAutosave(state, extra, losses)).rejects.toThrow(
    'The second moments of Adam at step 3 are not finite',
  );
});

test('is refused where something in it is wrong', async () => {
  const { autosave } = await files();
  const { tensors, metadata } = readSafetensors(autosave);
  const final = tensors.get('m/final');
  if (!final) throw new Error('There is no such tensor.');
  const changed = (name: string, tensor: WrittenTensor) =>
    writeSafetensors(new Map<string, WrittenTensor>([...tensors, [name, tensor]]), metadata);
  const without = new Map([...tensors].filter(([name]) => name !== 'm/final'));
  expect(() => readAutosave(writeSafetensors(without, metadata))).toThrow("its 'm/final' is missing");
  expect(() => readAutosave(changed('m/final', { shape: [1], data: Float32Array.of(1) }))).toThrow(
    'another size',
  );
  const { shape, data } = final;
  const infinite = Float32Array.from(data as Float32Array).fill(Number.POSITIVE_INFINITY, 0, 1);
  expect(() => readAutosave(changed('weights/final', { shape, data: infinite }))).toThrow('NaN or infinity');
  const missing = { ...metadata, config: '{}' };
  expect(() => readAutosave(writeSafetensors(tensors, missing))).toThrow('config is not valid');
});
