import { describe, expect, test } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import type { OwnDataset } from '../engine/data/ownDataset';
import { Random } from '../engine/training/random';
import type { TrainingSettings } from '../settings/settings';
import { MemoryAutosave } from '../testing/autosave';
import { startedSession } from '../testing/session';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';

const training: TrainingSettings = { ...tinyTraining, batchSize: 4, steps: 12 };
const nobody = () => {};
const random = new Random(5);
const drawings: OwnDataset = {
  id: 'own:drawings',
  title: 'Drawings',
  count: 6,
  imageSize: 8,
  channels: 1,
  classNames: ['cross', 'ring'],
  augmentation: { flipAcross: true, flipDown: false, shift: 2 },
  levels: Uint8Array.from(random.integers(6 * 64, 256)),
  labels: Uint8Array.of(0, 0, 0, 1, 1, 1),
};

const copy = (changes: Partial<OwnDataset> = {}) => ({ ...structuredClone(drawings), ...changes });

test('a model learns images of the user’s own, and resumed is the one that never stopped', async () => {
  const [whole, parted] = [new MemoryAutosave(), new MemoryAutosave()];
  const first = await startedSession({ autosave: whole });
  const message = await first.openOwnDataset(copy());
  expect(message).toMatchObject({
    id: 'own:drawings',
    count: 6,
    imageSize: 8,
    classNames: ['cross', 'ring'],
  });
  expect(message.images[0]).toBeCloseTo(((drawings.levels[0] as number) / 255) * 2 - 1, 6);
  await first.createModel(tinyConfig, 1);
  await first.train(training, nobody);

  const second = await startedSession({ autosave: parted });
  await second.openOwnDataset(copy());
  await second.createModel(tinyConfig, 1);
  await second.train({ ...training, steps: 5 }, nobody);
  const third = await startedSession({ autosave: parted });
  const restored = await third.restore();
  const { levels: _, labels: __, ...facts } = drawings;
  expect(restored).toMatchObject({ step: 5, dataset: 'own:drawings', ownFacts: facts });
  await third.openOwnDataset(copy());
  await third.train(training, nobody);

  expect(parted.learned).toEqual(whole.learned);

  // The same without augmentation is another run: it does change the batches.
  const plain = new MemoryAutosave();
  const fourth = await startedSession({ autosave: plain });
  await fourth.openOwnDataset(copy({ augmentation: { flipAcross: false, flipDown: false, shift: 0 } }));
  await fourth.createModel(tinyConfig, 1);
  await fourth.train(training, nobody);
  expect(plain.learned.ema).not.toEqual(whole.learned.ema);
});

test('a model whose data set is gone draws on, and does not train without one', async () => {
  const autosave = new MemoryAutosave();
  const first = await startedSession({ autosave });
  await first.openOwnDataset(copy());
  await first.createModel(tinyConfig, 1);
  await first.train({ ...training, steps: 2 }, nobody);
  const second = await startedSession({ autosave });
  expect(await second.restore()).toMatchObject({ ownFacts: { title: 'Drawings' } });
  await expect(second.train(training, nobody)).rejects.toThrow('There is no data set');
  expect((await second.sample({ ...tinySampling, steps: 3 }, nobody)).reason).toBe('finished');
});

test('images that are not what the facts say are refused by name, and the set before stays', async () => {
  const session = await startedSession();
  await session.openOwnDataset(copy());
  await expect(session.openOwnDataset(copy({ levels: new Uint8Array(5) }))).rejects.toThrow(/“Drawings”/);
  await expect(session.openOwnDataset(copy({ labels: new Uint8Array(6).fill(2) }))).rejects.toThrow(
    /damaged/,
  );
  await expect(session.createModel(tinyConfig, 1)).resolves.toMatchObject({ config: tinyConfig });
  await expect(session.createModel({ ...tinyConfig, imageSize: 16 }, 1)).rejects.toThrow(/Drawings are 8×8/);
});

const fileOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const { levels: _levels, labels: _labels, ...drawingFacts } = drawings;

async function learned() {
  const session = await startedSession();
  await session.openOwnDataset(copy());
  await session.createModel(tinyConfig, 1);
  await session.train({ ...training, steps: 5 }, nobody);
  return session;
}

describe('a bundle of images of someone’s own', () => {
  test('with them gives them back to the bit elsewhere, and trains on with them', async () => {
    const session = await learned();
    const { bytes } = await session.exportModel({ kind: 'bundle' }, copy());
    const other = await startedSession();
    const imported = await other.importModel(fileOf(bytes), []);
    expect(imported).toMatchObject({ dataset: 'own:drawings', ownFacts: drawingFacts, step: 5 });
    expect(imported.images).toEqual(drawings);
    await other.openOwnDataset(imported.images as OwnDataset);
    const lossesOf = async (one: typeof other) => {
      const losses: number[] = [];
      await one.train(training, (event) => event.kind === 'progress' && losses.push(...event.losses));
      return losses;
    };
    const losses = await lossesOf(other);
    expect(losses).toHaveLength(7);
    expect(losses).toEqual(await lossesOf(session));
    // Where they are already, they do not come twice.
    const again = await other.importModel(fileOf(bytes), ['own:drawings']);
    expect(again).toMatchObject({ dataset: 'own:drawings', images: null });
    // And the command line's reader of any model takes the same file.
    expect(readBundle(bytes).training?.step).toBe(5);
  });

  test('without them opens and says whose images are missing, after a reload too', async () => {
    const session = await learned();
    const { bytes } = await session.exportModel({ kind: 'bundle' });
    expect([...readSafetensors(bytes).tensors.keys()].filter((name) => name.startsWith('data.'))).toEqual([]);
    const autosave = new MemoryAutosave();
    const other = await startedSession({ autosave });
    const missing = { dataset: null, ownFacts: drawingFacts, step: 5 };
    expect(await other.importModel(fileOf(bytes), [])).toMatchObject({ ...missing, images: null });
    expect(await (await startedSession({ autosave })).restore()).toMatchObject(missing);
  });

  test('does not take those of another data set, and refuses damaged ones', async () => {
    const session = await learned();
    const others = await session.exportModel({ kind: 'bundle' }, copy({ id: 'own:other' }));
    expect(readSafetensors(others.bytes).tensors.has('data.images')).toBe(false);
    const { bytes } = await session.exportModel({ kind: 'bundle' }, copy());
    const { tensors, metadata } = readSafetensors(bytes);
    const refused = (name: string, tensor: object) =>
      expect(
        session.importModel(
          fileOf(writeSafetensors(new Map([...tensors, [name, tensor]]) as never, metadata)),
          [],
        ),
      ).rejects.toThrow('The images of “Drawings” in the file are damaged');
    await refused('data.labels', { shape: [6], data: Uint8Array.of(0, 0, 0, 1, 1, 2) });
    await refused('data.images', { shape: [6, 8, 8], data: drawings.levels });
    const without = new Map([...tensors].filter(([name]) => name !== 'data.labels'));
    await expect(session.importModel(fileOf(writeSafetensors(without, metadata)), [])).rejects.toThrow(
      "'data.labels' must be [6]",
    );
    expect(await session.restore()).toMatchObject({ dataset: 'own:drawings', step: 5 });
  });
});
