import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { readBundle } from '../engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import { floatsOf } from '../engine/halves';
import { parseModelConfig } from '../engine/unet/config';
import type { ExportedModel, TrainingSettings } from './protocol';
import { Session } from './session';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
  dropout: 0.1,
});
const settings: TrainingSettings = {
  batchSize: 8,
  learningRate: 2e-3,
  emaDecay: 0.99,
  steps: 12,
  preview: { count: 4, samplerSteps: 5, seed: 1 },
};
const { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective } = config;
const untold = { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective };
const started = startBackend({ backend: 'wasm', threads: 1 });
const nobody = () => {};

const storages = new WeakMap<Session, Uint8Array>();

/** The step that a session's storage has. */
function stored(session: Session): number | undefined {
  return readBundle(storages.get(session) as Uint8Array).training?.step;
}

async function newSession(): Promise<Session> {
  const read = (folder: string) => (_: string, name: string) =>
    readFile(new URL(`../../public/${folder}/${name}`, import.meta.url));
  const session: Session = new Session({
    autosave: {
      save: async (bundle) => {
        storages.set(session, bundle.slice());
      },
      load: async () => storages.get(session) ?? null,
      setAside: async () => null,
    },
    readData: read('data'),
    readModel: read('models'),
    startBackend: () => started,
  });
  await session.start({ baseUrl: '' });
  await session.loadDataset('digits');
  return session;
}

async function trainedSession(): Promise<Session> {
  const session = await newSession();
  await session.createModel(config, 1);
  await session.train(settings, nobody);
  return session;
}

/** The losses of the next steps. */
async function lossesOf(session: Session, steps: number): Promise<number[]> {
  const losses: number[] = [];
  await session.train({ ...settings, steps }, (event) => {
    if (event.kind === 'progress') losses.push(...event.losses);
  });
  return losses;
}

let session: Session;
let bundle: ExportedModel;
beforeEach(async () => {
  session = await trainedSession();
  bundle = await session.exportModel({ kind: 'bundle' });
});

const fileOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);

describe('export', () => {
  test('of everything goes on elsewhere as if it had never stopped', async () => {
    expect(bundle).toMatchObject({ config, dataset: 'digits', step: 12 });
    expect(bundle.loss).toBeGreaterThan(0);
    const other = await newSession();
    expect(await other.importModel(fileOf(bundle.bytes), [])).toMatchObject({
      config,
      step: 12,
      dataset: 'digits',
      settings,
      withTraining: true,
      imported: false,
    });
    expect(await lossesOf(other, 16)).toEqual(await lossesOf(session, 16));
    const [one, two] = [
      await session.exportModel({ kind: 'bundle' }),
      await other.exportModel({ kind: 'bundle' }),
    ];
    const { extra: _, ...trained } = readBundle(one.bytes).training as object & { extra: unknown };
    expect(readBundle(two.bytes).training).toMatchObject(trained);
  });

  test('while training takes a step as it is, and training goes on to its end', async () => {
    const run = session.train({ ...settings, steps: 200 }, nobody);
    const { step, bytes } = await session.exportModel({ kind: 'bundle' });
    expect(readBundle(bytes).training?.step).toBe(step);
    expect(step).toBeGreaterThanOrEqual(12);
    expect(step).toBeLessThan(200);
    expect(await run).toEqual({ reason: 'finished', step: 200 });
  });

  test('into the storage of the browser while training is what the next visit finds', async () => {
    const run = session.train({ ...settings, steps: 200 }, nobody);
    await session.saveModel();
    const step = stored(session);
    expect(step).toBeGreaterThanOrEqual(12);
    expect(step).toBeLessThan(200);
    expect(await run).toEqual({ reason: 'finished', step: 200 });
    await expect((await newSession()).saveModel()).rejects.toThrow('There is no model yet');
  });

  test('of a plain model has the averaged weights alone, as float16 half as large', async () => {
    const [whole, half, raw] = await Promise.all([
      session.exportModel({ kind: 'model', weights: 'ema', dtype: 'f32' }),
      session.exportModel({ kind: 'model', weights: 'ema', dtype: 'f16' }),
      session.exportModel({ kind: 'model', weights: 'raw', dtype: 'f32' }),
    ]);
    const all = readBundle(bundle.bytes);
    expect(readBundle(whole.bytes)).toEqual({ config, weights: all.ema, ema: all.ema, training: undefined });
    expect(readBundle(raw.bytes).ema).toEqual(all.weights);
    expect(readSafetensors(half.bytes).metadata).toMatchObject({
      dataset: 'digits',
      steps: '12',
      saw_held_out: 'false',
    });
    expect(half.bytes.length).toBeLessThan(0.6 * whole.bytes.length);
    for (const [name, { data }] of readBundle(half.bytes).ema) {
      const exact = all.ema.get(name)?.data as Float32Array;
      const worst = floatsOf(data).map(
        (value, i) => Math.abs(value - (exact[i] as number)) - 2 ** -11 * Math.abs(exact[i] as number),
      );
      expect(Math.max(...worst), name).toBeLessThanOrEqual(2 ** -25);
    }
  });

  test('needs a model', async () => {
    await expect((await newSession()).exportModel({ kind: 'bundle' })).rejects.toThrow(
      'There is no model yet',
    );
  });
});

describe('import', () => {
  test('of a plain model starts its moments afresh, and is there after a reload', async () => {
    const plain = await session.exportModel({ kind: 'model', weights: 'ema', dtype: 'f32' });
    const imported = await session.importModel(fileOf(plain.bytes), []);
    expect(imported).toMatchObject({
      step: 0,
      dataset: 'digits',
      withTraining: false,
      imported: true,
      settings: null,
    });
    const after = readBundle((await session.exportModel({ kind: 'bundle' })).bytes);
    expect(after.weights).toEqual(readBundle(bundle.bytes).ema);
    expect([...(after.training?.m ?? [])].every(([, { data }]) => data.every((value) => value === 0))).toBe(
      true,
    );
    expect(await session.restore()).toMatchObject({ step: 0, imported: true, dataset: 'digits' });
    expect(await lossesOf(session, 3)).toHaveLength(3);
  });

  test("of the reference's state dict takes what shapes tell, under a wrapper's prefix too", async () => {
    const plain = await session.exportModel({ kind: 'model', weights: 'raw', dtype: 'f32' });
    const { tensors } = readSafetensors(plain.bytes);
    const stateDict = writeSafetensors(
      new Map([...tensors].map(([name, tensor]) => [`module.${name}`, tensor])),
    );
    const told = await session.inspectModel(fileOf(stateDict));
    expect({ ...told, ...untold }).toEqual(config);
    await expect(session.importModel(fileOf(stateDict), [])).rejects.toThrow('its picture size must be told');
    const odd = { ...untold, imageSize: 7 };
    await expect(session.importModel(fileOf(stateDict), [], odd)).rejects.toThrow(
      'which 7 pixels do not allow',
    );
    expect(await session.importModel(fileOf(stateDict), [], untold)).toMatchObject({
      config,
      dataset: null,
      step: 0,
    });
    const exported = await session.exportModel({ kind: 'model', weights: 'raw', dtype: 'f32' });
    expect(readBundle(exported.bytes).weights).toEqual(readBundle(plain.bytes).weights);
    expect((await session.restore())?.dataset).toBeNull();
    await lossesOf(session, 2);
    expect((await session.exportModel({ kind: 'bundle' })).dataset).toBe('digits');
  });

  test("takes the reference's own file, of a size that no data set has: it samples, and cannot train", async () => {
    const file = await readFile(new URL('../../golden/tiny.model.safetensors', import.meta.url));
    const imported = await session.importModel(fileOf(file), []);
    expect(imported.dataset).toBeNull();
    const { imageSize: size, imageChannels: channels } = imported.config;
    const sampling = {
      count: 2,
      seed: 1,
      sampler: 'ddim',
      steps: 3,
      spacing: 'even',
      variance: 'beta',
      eta: 0,
      clipX0: true,
      noiseAtEnd: false,
      weights: 'ema',
    } as const;
    let x = new Float32Array();
    await session.sample(sampling, (step) => {
      x = step.x as Float32Array<ArrayBuffer>;
    });
    expect(x).toHaveLength(2 * size * size * channels);
    if (size !== 8 || channels !== 1)
      await expect(session.train(settings, nobody)).rejects.toThrow('The model takes pictures of');
  });

  test('reads whatever other programs keep as extra', async () => {
    const { tensors, metadata } = readSafetensors(bundle.bytes);
    const withExtra = (extra: unknown) =>
      writeSafetensors(tensors, {
        ...metadata,
        training: JSON.stringify({ ...JSON.parse(metadata.training as string), extra }),
      });
    for (const extra of [
      null,
      'words',
      { dataset: 7 },
      { dataset: 'faces' },
      { settings: { batchSize: 'many' } },
    ]) {
      const imported = await session.importModel(fileOf(withExtra(extra)), []);
      expect(imported).toMatchObject({ step: 12, dataset: null, settings: null, withTraining: true });
    }
    const byCommand = {
      dataset: 'digits',
      sawHeldOut: false,
      training: { batch_size: 5, learning_rate: 1e-3, ema_decay: 0.9 },
    };
    const run = { batchSize: 5, learningRate: 1e-3, emaDecay: 0.9 };
    expect(await session.importModel(fileOf(withExtra(byCommand)), [])).toMatchObject({
      dataset: 'digits',
      settings: run,
    });
  });

  test('refuses what is damaged while training goes on', { timeout: 30_000 }, async () => {
    const { bytes } = bundle;
    const { tensors, metadata } = readSafetensors(bytes);
    const changed = (name: string, value: number) => {
      const data = (tensors.get(name) as { data: Float32Array }).data.slice().fill(value, 0, 1);
      return writeSafetensors(
        new Map([...tensors, [name, { ...tensors.get(name), data }]] as never),
        metadata,
      );
    };
    const without = new Map([...tensors].filter(([name]) => name !== 'ema.final.bias'));
    const run = session.train({ ...settings, steps: 150 }, nobody);
    const refused: [Uint8Array, string][] = [
      [bytes.subarray(0, bytes.length - 8), 'cut off'],
      [bytes.subarray(0, 5), 'too short'],
      [new Uint8Array(), 'too short'],
      [new TextEncoder().encode('PK\u0003\u0004 a zip'), 'torch.save'],
      [Uint8Array.of(0x80, 2, 0x8a), 'torch.save'],
      [changed('image_proj.weight', Number.NaN), 'NaN'],
      [changed('adam.v.final.bias', -1), 'negative'],
      [writeSafetensors(without, metadata), "'final.bias' is missing"],
      [writeSafetensors(tensors, { ...metadata, config: '{"n_channels": 9}' }), 'config is not valid'],
      [
        writeSafetensors(new Map([['x', { shape: [1], data: Float32Array.of(1) }]])),
        "'image_proj.weight' is missing",
      ],
    ];
    for (const [file, reason] of refused.slice(0, 5))
      await expect(session.inspectModel(fileOf(file))).rejects.toThrow(reason);
    for (const [file, reason] of refused)
      await expect(session.importModel(fileOf(file), [], untold)).rejects.toThrow(reason);
    expect(await run).toEqual({ reason: 'finished', step: 150 });
  });
});
