import { expect, test } from 'vitest';
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
