import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { OwnDataset } from '../engine/data/ownDataset';
import type { EngineApi, ImportedModel } from '../worker/protocol';
import { createModelFilesSlice, type ModelFilesSlice } from './modelFilesSlice';

const images: Partial<OwnDataset> = { id: 'own:cats', title: 'Cats', count: 3 };
const imported = { images, notices: ['Noted.'] } as unknown as ImportedModel;

function pageWith(keepOwnDataset: () => Promise<void>) {
  const engine = {
    exportModel: vi.fn<EngineApi['exportModel']>(async () => ({}) as never),
    inspectModel: vi.fn<EngineApi['inspectModel']>(),
    importModel: vi.fn<EngineApi['importModel']>(async () => imported),
  };
  const page = {
    training: { dataset: 'own:cats' },
    ownDatasets: { listed: ['own:dogs'] },
    readOwnDataset: vi.fn(async () => images),
    keepOwnDataset: vi.fn(keepOwnDataset),
    replaceModel: (bring: () => Promise<ImportedModel>) => bring(),
  };
  const slice = createModelFilesSlice(engine);
  const store = createStore<ModelFilesSlice>()((...parts) => ({
    ...page,
    ...(slice as (...all: unknown[]) => ModelFilesSlice)(...parts),
  }));
  return { engine, page, state: store.getState() };
}

test('images that come with a model are stored before it takes its place', async () => {
  const { page, state } = pageWith(async () => {});
  expect(await state.importModel(new Blob())).toBe(imported);
  expect(page.keepOwnDataset).toHaveBeenCalledWith(images);
});

test('a storage that has no room for them leaves the model, and says so', async () => {
  const { state } = pageWith(() => Promise.reject(new Error('“Cats” could not be stored.')));
  expect(await state.importModel(new Blob())).toMatchObject({
    images: null,
    notices: ['Noted.', '“Cats” could not be stored.'],
  });
});

test('the engine gets the images of the model’s own data where they are to be exported, and only then', async () => {
  const { engine, state } = pageWith(async () => {});
  await state.exportModel({ kind: 'bundle' }, true);
  expect(engine.exportModel).toHaveBeenLastCalledWith({ kind: 'bundle' }, images);
  await state.exportModel({ kind: 'bundle' });
  expect(engine.exportModel).toHaveBeenLastCalledWith({ kind: 'bundle' });
});
