import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand';
import { noAugmentation } from '../../engine/data/augmentation';
import type { OwnDataset, OwnDatasetId } from '../../engine/data/ownDataset';
import { pageValues } from '../../testing/values';
import { factsOf, isGone, isKnown } from '../datasetFacts';
import { createDatasetSlice, type DatasetSlice } from '../datasetSlice';
import { createSettingsSlice, type SettingsSlice } from '../settingsSlice';
import { createValuesSlice, type ValuesSlice } from '../valuesSlice';
import { readKnownFacts, writeKnownFacts } from './knownFacts';
import { createOwnDatasetsSlice, type OwnDatasetsSlice } from './ownDatasetsSlice';
import type { OwnDatasetStorage } from './storage';

type Store = OwnDatasetsSlice & DatasetSlice & SettingsSlice & ValuesSlice;

const cats: OwnDataset = {
  id: 'own:cats',
  title: 'Cats',
  count: 3,
  imageSize: 12,
  channels: 3,
  classNames: ['tabby', 'black'],
  augmentation: { ...noAugmentation, flipAcross: true },
  levels: new Uint8Array(3 * 12 * 12 * 3).fill(200),
  labels: Uint8Array.of(0, 1, 1),
};

/** A storage that can refuse. */
class Shelf implements OwnDatasetStorage {
  kept = new Map<OwnDatasetId, OwnDataset>();
  refusal: Error | null = null;
  #ask() {
    if (this.refusal) throw this.refusal;
  }
  async list() {
    this.#ask();
    return [...this.kept.values()].map(({ levels: _, labels: __, ...facts }) => facts);
  }
  async read(id: OwnDatasetId) {
    const found = this.kept.get(id);
    return found ? { levels: found.levels.slice(), labels: found.labels.slice() } : null;
  }
  async save(dataset: OwnDataset) {
    this.#ask();
    this.kept.set(dataset.id, dataset);
  }
  async change(facts: Omit<OwnDataset, 'levels' | 'labels'>) {
    this.#ask();
    this.kept.set(facts.id, { ...(this.kept.get(facts.id) as OwnDataset), ...facts });
  }
  async remove(id: OwnDatasetId) {
    this.#ask();
    this.kept.delete(id);
  }
}

let shelf = new Shelf();
let loads: string[] = [];
const newStore = (known: OwnDataset[] = []) =>
  createStore<Store>()((...parts) => ({
    ...createValuesSlice(pageValues())(...parts),
    ...createOwnDatasetsSlice(shelf, known)(...parts),
    ...createDatasetSlice(async (id) => {
      loads.push(id);
      const own = id.startsWith('own:') ? await parts[1]().readOwnDataset(id as OwnDatasetId) : null;
      const facts = factsOf(parts[1](), id);
      return { ...facts, id, images: new Float32Array(), labels: own?.labels ?? new Uint8Array() };
    })(...parts),
    ...createSettingsSlice()(...parts),
  }));
beforeEach(() => {
  shelf = new Shelf();
  loads = [];
});

describe('a data set of the user’s own', () => {
  it('is stored, chosen, and has settings for its size and count', async () => {
    const store = newStore();
    await store.getState().addOwnDataset(cats);
    const { dataset, values, ownDatasets } = store.getState();
    expect([...shelf.kept.keys()]).toEqual(['own:cats']);
    expect(values.data.dataset).toBe('own:cats');
    expect(dataset).toMatchObject({ status: 'ready' });
    expect(ownDatasets.listed).toEqual(['own:cats']);
    expect(values.settings.model).toMatchObject({ imageSize: 12, imageChannels: 3 });
    expect(values.settings.training.batchSize).toBe(3);
  });

  it('is listed again on the next visit, with the settings that were kept for it', async () => {
    const first = newStore();
    await first.getState().addOwnDataset(cats);
    const second = newStore();
    await second.getState().listOwnDatasets();
    expect(second.getState().ownDatasets.listed).toEqual(['own:cats']);
    await second.getState().chooseDataset('own:cats');
    expect(second.getState().dataset.status).toBe('ready');
  });

  it('that the storage refuses is said by name, and nothing is listed', async () => {
    const store = newStore();
    shelf.refusal = new Error('Quota exceeded');
    await expect(store.getState().addOwnDataset(cats)).rejects.toThrow(
      /“Cats” could not be stored .*Quota exceeded/,
    );
    expect(store.getState().ownDatasets.listed).toEqual([]);
    expect(store.getState().values.data.dataset).toBe('digits');
  });

  it('can be renamed and augmented; only the latter loads it anew', async () => {
    const store = newStore();
    await store.getState().addOwnDataset(cats);
    loads = [];
    await store.getState().changeOwnDataset('own:cats', { title: 'Felines' });
    expect(loads).toEqual([]);
    expect(factsOf(store.getState(), 'own:cats').title).toBe('Felines');
    await store.getState().changeOwnDataset('own:cats', { augmentation: noAugmentation });
    expect(loads).toEqual(['own:cats']);
    expect(shelf.kept.get('own:cats')).toMatchObject({ title: 'Felines', augmentation: noAugmentation });
    expect(shelf.kept.get('own:cats')?.levels.length).toBe(cats.levels.length);
  });

  it('that is deleted gives way to another, is known by name on, and comes back as it was', async () => {
    const store = newStore();
    await store.getState().addOwnDataset(cats);
    await store.getState().deleteOwnDataset('own:cats');
    expect(shelf.kept.size).toBe(0);
    expect(store.getState().values.data.dataset).toBe('digits');
    expect(store.getState().ownDatasets).toMatchObject({ listed: [], deleted: 'own:cats' });
    expect(isGone(store.getState(), 'own:cats') && isKnown(store.getState(), 'own:cats')).toBe(true);
    expect(factsOf(store.getState(), 'own:cats')).toMatchObject({
      title: 'Cats',
      classNames: cats.classNames,
    });

    await store.getState().restoreOwnDataset();
    expect(shelf.kept.get('own:cats')).toEqual(cats);
    expect(store.getState().values.data.dataset).toBe('own:cats');
    expect(store.getState().dataset.status).toBe('ready');
    expect(store.getState().ownDatasets).toMatchObject({ listed: ['own:cats'], deleted: null });
  });

  it('that the storage will not delete stays, with a message', async () => {
    const store = newStore();
    await store.getState().addOwnDataset(cats);
    shelf.refusal = new Error('The database is closing');
    await store.getState().deleteOwnDataset('own:cats');
    expect(store.getState().ownDatasets).toMatchObject({
      listed: ['own:cats'],
      deleted: null,
      problem: 'The database is closing',
    });
    expect(store.getState().values.data.dataset).toBe('own:cats');
  });

  it('whose images another tab has deleted says so, and what to do', async () => {
    const store = newStore([cats]);
    await store.getState().chooseDataset('own:cats');
    expect(store.getState().dataset.problem).toMatch(/“Cats” are no longer in this browser: choose another/);
    await store.getState().listOwnDatasets();
    expect(store.getState().ownDatasets.listed).toEqual([]);
  });
});

it('facts of the last visit come back; what is broken is left out', () => {
  const texts = new Map<string, string>();
  const storage = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
  const { levels: _, labels: __, ...facts } = cats;
  writeKnownFacts(storage, [facts]);
  expect(readKnownFacts(storage)).toEqual([facts]);
  const [[key] = []] = texts;
  texts.set(
    key as string,
    JSON.stringify([{ ...facts, id: 'digits' }, { ...facts, imageSize: 0 }, 7, facts]),
  );
  expect(readKnownFacts(storage)).toEqual([facts]);
  texts.set(key as string, '{');
  expect(readKnownFacts(storage)).toEqual([]);
});
