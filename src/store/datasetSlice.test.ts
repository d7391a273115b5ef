import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { DatasetId, LoadedDataset } from '../engine/data/datasets';
import { forwardGroup } from '../settings/groups/forward';
import { pageValues } from '../testing/values';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { createValuesSlice, type ValuesSlice } from './valuesSlice';

function message(id: DatasetId): LoadedDataset {
  return {
    id,
    images: new Float32Array(2),
    labels: Uint8Array.of(0, 1),
    count: 2,
    imageSize: 1,
    channels: 1,
    classNames: ['zero', 'one', 'two'],
  };
}

function storeOver(load: (id: DatasetId) => Promise<LoadedDataset>) {
  return createStore<DatasetSlice & ValuesSlice & SettingsSlice>()((...parts) => ({
    ...createDatasetSlice(load)(...parts),
    ...createValuesSlice(pageValues())(...parts),
    ...createSettingsSlice()(...parts),
  }));
}

describe('chooseDataset', () => {
  it('keeps the last choice when an earlier one arrives late', async () => {
    const arrive = new Map<DatasetId, () => void>();
    const store = storeOver((id) => new Promise((resolve) => arrive.set(id, () => resolve(message(id)))));
    const first = store.getState().chooseDataset('fashion-28');
    const second = store.getState().chooseDataset('digits');
    arrive.get('digits')?.();
    await second;
    arrive.get('fashion-28')?.();
    await first;
    expect(store.getState().values.data.dataset).toBe('digits');
    expect(store.getState().dataset).toMatchObject({ status: 'ready', data: { id: 'digits' } });
  });

  it('drops the filter and the picked example of the set before', async () => {
    const store = storeOver(async (id) => message(id));
    await store.getState().chooseDataset('digits');
    store.getState().toggleClass(1);
    store.getState().set(forwardGroup, { exampleIndex: 1 });
    await store.getState().chooseDataset('shapes');
    expect(store.getState().values.shown.classFilter).toEqual([]);
    expect(store.getState().values.forward.exampleIndex).toBe(0);
  });

  it('keeps the images that are there when the next cannot be loaded, and says why', async () => {
    const store = storeOver(async (id) => {
      if (id === 'fashion-16') throw new Error('The file is not there.');
      return message(id);
    });
    await store.getState().chooseDataset('digits');
    await store.getState().chooseDataset('fashion-16');
    expect(store.getState().dataset).toMatchObject({
      status: 'failed',
      problem: 'The file is not there.',
      data: { id: 'digits' },
    });
  });
});

describe('toggleClass', () => {
  it('adds, sorts and removes, and forgets a filter that shows everything', async () => {
    const store = storeOver(async (id) => message(id));
    await store.getState().chooseDataset('digits');
    const { toggleClass } = store.getState();
    const filter = () => store.getState().values.shown.classFilter;
    toggleClass(2);
    toggleClass(0);
    expect(filter()).toEqual([0, 2]);
    toggleClass(2);
    expect(filter()).toEqual([0]);
    toggleClass(2);
    toggleClass(1);
    expect(filter()).toEqual([]);
  });
});
