import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import {
  type BatchSource,
  createTrainingState,
  disposeTrainingState,
  type TrainingState,
  trainStep,
} from '../training/trainer';
import { type ModelConfig, parseModelConfig } from '../unet/config';
import { type StateDict, stateDictOf } from '../unet/weights';
import { readBundle, writeBundle } from './bundle';
import { writeModel } from './model';
import { restoreTrainingState } from './restore';
import { readSafetensors, writeSafetensors } from './safetensors';

const config: ModelConfig = parseModelConfig({
  image_channels: 3,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 2,
  dropout: 0.2,
  n_classes: 3,
});

/** Images that depend on nothing but the random numbers. */
const source: BatchSource = (random, batchSize) => ({
  images: random.normal(batchSize * 8 * 8 * 3),
  labels: Uint8Array.from(random.integers(batchSize, 3)),
});

async function trainSteps(state: TrainingState, steps: number): Promise<number[]> {
  const losses: number[] = [];
  const settings = { batchSize: 5, learningRate: 1e-3, emaDecay: 0.99 };
  for (let i = 0; i < steps; i++) losses.push(await trainStep(state, fusedOperations, source, settings).loss);
  return losses;
}

async function partsOf(state: TrainingState): Promise<Record<string, unknown>> {
  const { weights, ema, m, v, random, step } = state;
  const dicts = { weights, ema, m, v };
  const parts: Record<string, unknown> = { random: random.state, step };
  for (const [name, set] of Object.entries(dicts)) parts[name] = await stateDictOf(state.config, set);
  return parts;
}

/** The file of a bundle with its tensors or metadata changed. */
function changed(
  bytes: Uint8Array,
  change: (file: {
    tensors: Map<string, StateDict extends Map<string, infer T> ? T : never>;
    metadata: Record<string, string>;
  }) => void,
): Uint8Array {
  const file = readSafetensors(bytes.slice());
  change(file as never);
  return writeSafetensors(file.tensors, file.metadata);
}

beforeAll(() => startWasm({ threads: 2 }));

describe('a bundle', () => {
  test('resumes training to the bit', async () => {
    const uninterrupted = createTrainingState(config, 7);
    const allLosses = await trainSteps(uninterrupted, 6);

    const stopped = createTrainingState(config, 7);
    const firstLosses = await trainSteps(stopped, 3);
    const file = await writeBundle(stopped, { dataset: 'none' }, Float32Array.from(firstLosses));
    disposeTrainingState(stopped);
    const checkpoint = readBundle(file);
    const resumed = restoreTrainingState(checkpoint);
    const lastLosses = await trainSteps(resumed, 3);

    expect([...firstLosses, ...lastLosses]).toEqual(allLosses);
    expect(await partsOf(resumed)).toEqual(await partsOf(uninterrupted));
    expect(resumed.step).toBe(6);
    expect(checkpoint.training?.extra).toEqual({ dataset: 'none' });
    expect(checkpoint.training?.losses).toEqual(Float32Array.from(firstLosses));
    disposeTrainingState(uninterrupted);
    disposeTrainingState(resumed);
  });

  test('holds the weights in training by plain names, the EMA and the moments by their prefix', async () => {
    const state = createTrainingState(config, 1);
    await trainSteps(state, 2);
    const { tensors } = readSafetensors(await writeBundle(state));
    for (const [prefix, set] of [
      ['', state.weights],
      ['ema.', state.ema],
      ['adam.m.', state.m],
      ['adam.v.', state.v],
    ] as const) {
      for (const [name, { shape, data }] of await stateDictOf(config, set))
        expect(tensors.get(prefix + name)).toEqual({ dtype: 'F32', shape, data });
    }
    disposeTrainingState(state);
  });

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const state = createTrainingState(config, 1);
    const restored = restoreTrainingState(readBundle(await writeBundle(state)));
    disposeTrainingState(state);
    disposeTrainingState(restored);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is refused where something in it is wrong', async () => {
    const state = createTrainingState(config, 1);
    const file = await writeBundle(state);
    disposeTrainingState(state);
    const training = (text: string) =>
      changed(file, ({ metadata }) => Object.assign(metadata, { training: text }));
    const random = [1, 2, 3, 4];
    const refused: [bytes: Uint8Array, message: RegExp][] = [
      [changed(file, ({ metadata }) => delete metadata.config), /no model: its metadata have no 'config'/],
      [changed(file, ({ metadata }) => (metadata.config = '{')), /'config' is not JSON/],
      [changed(file, ({ metadata }) => (metadata.config = '{}')), /config is not valid/],
      [
        changed(
          file,
          ({ metadata }) => (metadata.config = metadata.config?.replace('linear', 'none') as string),
        ),
        /no schedule 'none'/,
      ],
      [
        changed(
          file,
          ({ metadata }) => (metadata.config = metadata.config?.replace('epsilon', 'none') as string),
        ),
        /no objective 'none'/,
      ],
      [training('{'), /'training' is not JSON/],
      [training(JSON.stringify({ version: 2, step: 0, random, extra: null })), /later version/],
      [
        training(JSON.stringify({ version: 1, step: 0.5, random, extra: null })),
        /step must be a whole number/,
      ],
      [training(JSON.stringify({ version: 1, step: 1, random: [0, 0, 0, 0], extra: null })), /all zeros/],
      [changed(file, ({ tensors }) => tensors.delete('ema.final.bias')), /'ema\.…'.*'final.bias' is missing/],
      [
        changed(file, ({ tensors }) => tensors.delete('final.bias')),
        /^The parameter 'final.bias' is missing/,
      ],
      [
        changed(file, ({ tensors }) => tensors.get('adam.v.final.bias')?.data.fill(-1)),
        /'adam.v.final.bias' is negative/,
      ],
      [
        changed(file, ({ tensors }) => tensors.get('final.bias')?.data.fill(Number.NaN)),
        /'final.bias' holds NaN/,
      ],
      [
        changed(file, ({ tensors }) => {
          const entry = tensors.get('final.bias');
          if (entry) Object.assign(entry, { dtype: 'I32', data: new Int32Array(3) });
        }),
        /'final.bias' holds I32/,
      ],
      [
        changed(file, ({ tensors }) => tensors.set('extra', { shape: [1], data: new Float32Array(1) })),
        /'extra'/,
      ],
    ];
    for (const [bytes, message] of refused) expect(() => readBundle(bytes), String(message)).toThrow(message);
    const untrained = changed(file, ({ metadata }) => delete metadata.training);
    expect(readBundle(untrained).training, 'without its training it is a model').toBeUndefined();
  });
});

test('a file that was damaged is read or refused with a message, never worse', async () => {
  const state = createTrainingState(config, 1);
  const file = await writeBundle(state, { a: 1 });
  disposeTrainingState(state);
  const headerEnd = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  const metadataEnd = 600;
  const place = fc.oneof(fc.nat(metadataEnd), fc.nat(headerEnd), fc.nat(file.length - 1));
  const damages = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damages, (changes) => {
      const damaged = file.slice();
      for (const [at, value] of changes) damaged[at] = value;
      try {
        readBundle(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(TypeError);
        expect(error).not.toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 500 },
  );
});

describe('a model file', () => {
  const goldenBytes = readFileSync(new URL('../../../golden/tiny.model.safetensors', import.meta.url));

  test("has the reference's names, shapes and config", () => {
    const golden = readSafetensors(goldenBytes);
    const checkpoint = readBundle(goldenBytes);
    const file = readSafetensors(writeModel(checkpoint.config, checkpoint.weights, { note: 'a note' }));
    expect(file.tensors).toEqual(golden.tensors);
    expect(JSON.parse(file.metadata.config as string)).toMatchObject(
      JSON.parse(golden.metadata.config as string),
    );
    expect(file.metadata).toMatchObject({ format: golden.metadata.format, note: 'a note' });
  });

  test('opens as a training state that starts afresh', async () => {
    const checkpoint = readBundle(goldenBytes);
    expect(checkpoint.ema).toBe(checkpoint.weights);
    expect(checkpoint.training).toBe(undefined);
    const state = restoreTrainingState(checkpoint, 3);
    expect(await stateDictOf(checkpoint.config, state.ema)).toEqual(checkpoint.weights);
    for (const moments of [state.m, state.v]) {
      for (const { data } of (await stateDictOf(checkpoint.config, moments)).values())
        expect(data.every((value) => value === 0)).toBe(true);
    }
    expect(state.step).toBe(0);
    disposeTrainingState(state);
  });
});
