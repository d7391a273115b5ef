import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { floatData } from '../engine/checkpoint/model';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import {
  checkpointConfig,
  checkpointFile,
  checkpointWeights,
} from '../engine/checkpoint/testing/checkpoints';
import { floatsOf } from '../engine/halves';
import type { TrainingSettings } from '../settings/settings';
import { MemoryAutosave } from '../testing/autosave';
import { sessionWithDigits } from '../testing/session';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import type { ExportedModel } from './protocol';
import type { Session } from './session';

const config = { ...tinyConfig, isAttn: [false, true] };
const settings: TrainingSettings = { ...tinyTraining, steps: 12 };
const { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective } = config;
const missing = { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective };
const nobody = () => {};

const storages = new WeakMap<Session, MemoryAutosave>();

/** The step that a session's storage has. */
const stored = (session: Session) => storages.get(session)?.learned.step;

async function newSession(save?: () => Promise<void>): Promise<Session> {
  const autosave = new MemoryAutosave();
  if (save) autosave.save = save;
  const session = await sessionWithDigits({ autosave });
  storages.set(session, autosave);
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
    expect({ ...told, ...missing }).toEqual({ ...config, clues: {} });
    await expect(session.importModel(fileOf(stateDict), [])).rejects.toThrow('its image size must be told');
    const odd = { ...missing, imageSize: 7 };
    await expect(session.importModel(fileOf(stateDict), [], odd)).rejects.toThrow(
      'which 7 pixels do not allow',
    );
    expect(await session.importModel(fileOf(stateDict), [], missing)).toMatchObject({
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

  test('of a checkpoint of PyTorch takes its average and its raw weights, and names what it leaves out', async () => {
    const file = fileOf(checkpointFile('ema-pytorch.pt'));
    const told = await session.inspectModel(file);
    const { imageChannels, nChannels, chMults, isAttn, nBlocks, nClasses, learnedVariance, ...others } =
      checkpointConfig;
    expect(told).toEqual({
      ...{ imageChannels, nChannels, chMults, isAttn, nBlocks, nClasses, learnedVariance },
      clues: { nSteps: 50, schedule: 'linear' },
    });
    expect(await session.importModel(file, [], others)).toMatchObject({
      config: checkpointConfig,
      step: 0,
      withTraining: false,
      note: expect.stringMatching(
        /^The EMA weights under 'ema\.ema_model\.model\.' are used\..*'model\.model\.'\. Not read: .*step/,
      ),
    });
    const { weights, ema } = readBundle((await session.exportModel({ kind: 'bundle' })).bytes);
    for (const [name, tensor] of checkpointWeights) {
      const values = floatData(name, tensor);
      expect(weights.get(name)?.data).toEqual(values);
      expect(ema.get(name)?.data).toEqual(values.map((value) => value / 2));
    }
  });

  test("takes the reference's own file, of a size that no data set has: it samples, and cannot train", async () => {
    const file = await readFile(new URL('../../golden/tiny.model.safetensors', import.meta.url));
    const imported = await session.importModel(fileOf(file), []);
    expect(imported.dataset).toBeNull();
    const { imageSize: size, imageChannels: channels } = imported.config;
    const sampling = { ...tinySampling, count: 2, steps: 3 };
    let x = new Float32Array();
    await session.sample(sampling, (step) => {
      x = step.x as Float32Array<ArrayBuffer>;
    });
    expect(x).toHaveLength(2 * size * size * channels);
    if (size !== 8 || channels !== 1)
      await expect(session.train(settings, nobody)).rejects.toThrow('The model takes images of');
  });

  test('reads whatever other programs keep as extra', async () => {
    const { tensors, metadata } = readSafetensors(bundle.bytes);
    const withExtra = (extra: unknown) =>
      writeSafetensors(tensors, {
        ...metadata,
        training: JSON.stringify({ ...JSON.parse(metadata.training as string), extra }),
      });
    for (const extra of [null, 'words', { dataset: 7 }, { dataset: 'faces' }, { settings: 'few' }]) {
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

  test('of settings that are not sound leaves them out, names them and keeps the others', async () => {
    const { tensors, metadata } = readSafetensors(bundle.bytes);
    const changed = (told: object) => {
      const training = JSON.parse(metadata.training as string);
      training.extra.settings = { ...settings, ...told };
      // JSON has no Infinity, but a number that is as large.
      return writeSafetensors(tensors, {
        ...metadata,
        training: JSON.stringify(training).replace('"infinite"', '1e999'),
      });
    };
    const unsound = {
      learningRate: 1e300,
      batchSize: 1.5,
      steps: -1.5,
      emaDecay: 'infinite',
      snrGamma: 'x',
      preview: { count: 1e9, samplerSteps: 5, seed: 1 },
    };
    const imported = await session.importModel(fileOf(changed(unsound)), []);
    expect(imported.settings, 'what of the preview is sound is kept').toEqual({
      preview: { count: 16, samplerSteps: 5, seed: 1 },
    });
    expect(imported.notices).toHaveLength(1);
    const [notice] = imported.notices as [string];
    for (const part of [
      'Learning rate must be a number above 0 and at most 1, not 1e+300.',
      'not 1.5.',
      'not -1.5.',
      'EMA decay must be a number at least 0 and below 1, not Infinity.',
      'Largest SNR cannot be "x".',
      'not 1,000,000,000.',
    ])
      expect(notice).toContain(part);
    expect((await session.restore())?.settings).toBeNull();

    const one = await session.importModel(fileOf(changed({ batchSize: 0, lossWeight: 'toString' })), []);
    const { batchSize: _, ...others } = settings;
    expect(one.settings).toEqual(others);
    expect(one.notices).toEqual([
      'Not all of its training settings can be used: Batch size must be a whole number from 1 to 1,000,000, not 0. ' +
        'Loss weight cannot be "toString".',
    ]);
    expect((await session.importModel(fileOf(bundle.bytes), [])).notices).toEqual([]);
  });

  test.each([2e8, 5e9, Number.MAX_SAFE_INTEGER])(
    'of a step of %d takes the room of the losses that are there',
    async (step) => {
      const { tensors, metadata } = readSafetensors(bundle.bytes);
      const training = { ...JSON.parse(metadata.training as string), step };
      training.extra.heldOutLosses = [{ step: -1, loss: 1 }];
      const file = fileOf(writeSafetensors(tensors, { ...metadata, training: JSON.stringify(training) }));
      const imported = await session.importModel(file, []);
      expect(imported).toMatchObject({ step, heldOutLosses: [] });
      expect(imported.losses).toEqual(readBundle(bundle.bytes).training?.losses);
      expect(stored(session)).toBe(step);
      if (step === Number.MAX_SAFE_INTEGER) return;
      expect(await lossesOf(session, step + 2)).toHaveLength(2);
      const after = readBundle((await session.exportModel({ kind: 'bundle' })).bytes).training;
      expect(after).toMatchObject({ step: step + 2 });
      expect(after?.losses).toHaveLength(14);
    },
  );

  test('whose save is refused says so', async () => {
    const full = await newSession(async () => {
      throw new Error('QuotaExceededError');
    });
    const { notices } = await full.importModel(fileOf(bundle.bytes), []);
    expect(notices).toEqual([
      'The model could not be saved in this browser (QuotaExceededError): it is lost when you leave the page.',
    ]);
  });

  test('refuses what is damaged while training goes on', async () => {
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
      [new TextEncoder().encode('PK\u0003\u0004 a zip'), 'zip archive that is cut off or damaged'],
      [Uint8Array.of(0x80, 2, 0x8a), 'not one of torch.save'],
      [checkpointFile('hostile.pt'), "'posix.system'"],
      [changed('image_proj.weight', Number.NaN), 'NaN'],
      [changed('adam.v.final.bias', -1), 'negative'],
      [writeSafetensors(without, metadata), "'final.bias' is missing"],
      [writeSafetensors(tensors, { ...metadata, config: '{"n_channels": 9}' }), 'config is not valid'],
      [
        writeSafetensors(new Map([['x', { shape: [1], data: Float32Array.of(1) }]])),
        "'image_proj.weight' is missing",
      ],
    ];
    for (const [file, reason] of refused.slice(0, 6))
      await expect(session.inspectModel(fileOf(file))).rejects.toThrow(reason);
    for (const [file, reason] of refused)
      await expect(session.importModel(fileOf(file), [], missing)).rejects.toThrow(reason);
    expect(await run).toEqual({ reason: 'finished', step: 150 });
  });
});
