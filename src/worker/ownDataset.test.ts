import { expect, test } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { readBundle } from '../engine/checkpoint/bundle';
import type { OwnDataset } from '../engine/data/ownDataset';
import { Random } from '../engine/training/random';
import { parseModelConfig } from '../engine/unet/config';
import type { TrainingSettings } from './protocol';
import { Session } from './session';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
});
const training: TrainingSettings = {
  batchSize: 4,
  learningRate: 2e-3,
  emaDecay: 0.99,
  steps: 12,
  preview: { count: 1, samplerSteps: 2, seed: 1 },
};
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

const started = startBackend({ backend: 'wasm', threads: 1 });
function storage() {
  const kept: { bundle: Uint8Array | null } = { bundle: null };
  return {
    kept,
    save: async (bundle: Uint8Array) => {
      kept.bundle = bundle.slice();
    },
    load: async () => kept.bundle,
    setAside: async () => null,
  };
}
async function sessionWith(autosave: ReturnType<typeof storage>): Promise<Session> {
  const nothing = async () => {
    throw new Error('No file is needed.');
  };
  const session = new Session({
    autosave,
    readData: nothing,
    readModel: nothing,
    startBackend: () => started,
  });
  await session.start({ baseUrl: '' });
  return session;
}
const copy = (changes: Partial<OwnDataset> = {}) => ({ ...structuredClone(drawings), ...changes });

test('a model learns pictures of the user’s own, and resumed is the one that never stopped', {
  timeout: 60_000,
}, async () => {
  const [whole, parted] = [storage(), storage()];
  const first = await sessionWith(whole);
  const message = await first.openOwnDataset(copy());
  expect(message).toMatchObject({
    id: 'own:drawings',
    count: 6,
    imageSize: 8,
    classNames: ['cross', 'ring'],
  });
  expect(message.images[0]).toBeCloseTo(((drawings.levels[0] as number) / 255) * 2 - 1, 6);
  await first.createModel(config, 1);
  await first.train(training, () => {});

  const second = await sessionWith(parted);
  await second.openOwnDataset(copy());
  await second.createModel(config, 1);
  await second.train({ ...training, steps: 5 }, () => {});
  const third = await sessionWith(parted);
  const restored = await third.restore();
  const { levels: _, labels: __, ...facts } = drawings;
  expect(restored).toMatchObject({ step: 5, dataset: 'own:drawings', ownFacts: facts });
  await third.openOwnDataset(copy());
  await third.train(training, () => {});

  const [a, b] = [whole, parted].map(({ kept }) => readBundle(kept.bundle as Uint8Array));
  expect(b?.ema).toEqual(a?.ema);
  expect(b?.training?.random).toEqual(a?.training?.random);
  expect(b?.training?.losses).toEqual(a?.training?.losses);

  // The same without augmentation is another run: it does change the batches.
  const plain = storage();
  const fourth = await sessionWith(plain);
  await fourth.openOwnDataset(copy({ augmentation: { flipAcross: false, flipDown: false, shift: 0 } }));
  await fourth.createModel(config, 1);
  await fourth.train(training, () => {});
  expect(readBundle(plain.kept.bundle as Uint8Array).ema).not.toEqual(a?.ema);
});

test('a model whose data set is gone draws on, and does not train without one', async () => {
  const autosave = storage();
  const first = await sessionWith(autosave);
  await first.openOwnDataset(copy());
  await first.createModel(config, 1);
  await first.train({ ...training, steps: 2 }, () => {});
  const second = await sessionWith(autosave);
  expect(await second.restore()).toMatchObject({ ownFacts: { title: 'Drawings' } });
  await expect(second.train(training, () => {})).rejects.toThrow('There is no data set');
  const settings = {
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
  expect((await second.sample(settings, () => {})).reason).toBe('finished');
});

test('pictures that are not what the facts say are refused by name, and the set before stays', async () => {
  const session = await sessionWith(storage());
  await session.openOwnDataset(copy());
  await expect(session.openOwnDataset(copy({ levels: new Uint8Array(5) }))).rejects.toThrow(/“Drawings”/);
  await expect(session.openOwnDataset(copy({ labels: new Uint8Array(6).fill(2) }))).rejects.toThrow(
    /damaged/,
  );
  await expect(session.createModel(config, 1)).resolves.toMatchObject({ config });
  await expect(session.createModel({ ...config, imageSize: 16 }, 1)).rejects.toThrow(/Drawings are 8×8/);
});
