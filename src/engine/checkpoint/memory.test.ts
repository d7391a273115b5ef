import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { disposeTrainingState } from '../training/trainer';
import { parseModelConfig } from '../unet/config';
import { layersOf, weightShape } from '../unet/layers';
import { readBundle } from './bundle';
import { beginningOf, readHeader } from './header';
import { writeModel } from './model';
import { restoreTrainingState } from './restore';
import { readSafetensors, type WrittenTensor, writeSafetensors } from './safetensors';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const config = parseModelConfig({
  image_channels: 3,
  image_size: 32,
  n_channels: 32,
  ch_mults: [1, 2, 2],
  is_attn: [false, false, true],
  n_blocks: 2,
  n_steps: 1000,
  n_groups: 32,
  n_final_groups: 8,
});

/** A model of all the same weights, 0.5; those that `change` names are as it says. */
function modelFile(half: boolean, change: (tensors: Map<string, WrittenTensor>) => void = () => {}) {
  const tensors = new Map<string, WrittenTensor>();
  const add = (name: string, shape: number[]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5);
    tensors.set(name, half ? { shape, data, half } : { shape, data });
  };
  for (const layer of layersOf(config)) {
    add(`${layer.name}.weight`, weightShape(layer));
    add(`${layer.name}.bias`, [layer.outputs]);
  }
  change(tensors);
  return writeModel(config, tensors);
}

/** Bytes of array buffers that `work` made and did not give back, as a share of the file's. */
function shareOfMemory(file: Uint8Array, work: () => void): number {
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  work();
  return (process.memoryUsage().arrayBuffers - before) / file.length;
}

beforeAll(async () => {
  await startWasm({ threads: 1 });
});

const lastValue = (value: number) => (tensors: Map<string, WrittenTensor>) => {
  const { data } = tensors.get('final.bias') as { data: Float32Array };
  data[data.length - 1] = value;
};
const withoutLast = (tensors: Map<string, WrittenTensor>) => tensors.delete('final.bias');
/** As another program writes it that does not align: every tensor has to be copied to be read. */
const unaligned = (file: Uint8Array) => {
  const shifted = new Uint8Array(file.length + 1).subarray(1);
  shifted.set(file);
  return shifted;
};

describe.each([
  ['float32', false],
  ['float16', true],
])('a file of 8 to 18 MB in %s', (_, half) => {
  test.each<[what: string, file: () => Uint8Array, message: RegExp, share: number]>([
    ['ends in NaN', () => modelFile(half, lastValue(Number.NaN)), /'final.bias' holds NaN or infinity/, 0.1],
    ['ends in infinity', () => modelFile(half, lastValue(-Infinity)), /'final.bias' holds NaN/, 0.1],
    ['lacks its last parameter', () => modelFile(half, withoutLast), /'final.bias' is missing/, 0.1],
    ['is cut off', () => modelFile(half).slice(0, -1), /cut off/, 0.1],
    ['ends in NaN and is not aligned', () => unaligned(modelFile(half, lastValue(NaN))), /NaN/, 1.1],
  ])('that %s is refused within its own memory and little more', (_, file, message, most) => {
    const bytes = file();
    const share = shareOfMemory(bytes, () => expect(() => readBundle(bytes)).toThrow(message));
    expect(share).toBeLessThan(most);
  });
});

test('a sound file in float16 becomes a training state through one copy in float32', () => {
  const file = modelFile(true);
  let checkpoint: ReturnType<typeof readBundle> | undefined;
  expect(
    shareOfMemory(file, () => {
      checkpoint = readBundle(file);
    }),
  ).toBeLessThan(0.1);
  let state: ReturnType<typeof restoreTrainingState> | undefined;
  const share = shareOfMemory(file, () => {
    state = restoreTrainingState(checkpoint as ReturnType<typeof readBundle>);
  });
  // Layer by layer on their way to the backend; each is garbage when the next is made. The moments are zeros.
  expect(share).toBeLessThan(6.5);
  expect((state as NonNullable<typeof state>).weights.get('final')?.dataSync()[0]).toBe(0.5);
  expect((state as NonNullable<typeof state>).ema.get('final')?.dataSync()[0]).toBe(0.5);
  disposeTrainingState(state as NonNullable<typeof state>);
});

test('the beginning of a file, with its header, says as much of it as the whole', async () => {
  const file = modelFile(true);
  const blob = new Blob([file as Uint8Array<ArrayBuffer>]);
  const beginning = await beginningOf(blob);
  expect(beginning.length / file.length).toBeLessThan(0.01);
  expect(readHeader(beginning, file.length)).toEqual(readHeader(file));
  expect(() => readHeader(beginning, file.length - 1)).toThrow(/cut off/);
});

test('halves that are read are written as they are', () => {
  const file = modelFile(true);
  const { tensors, metadata } = readSafetensors(file);
  expect(Buffer.compare(writeSafetensors(tensors, metadata), file)).toBe(0);
});
