import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { DatasetId } from '../engine/data/datasets';
import type { DatasetMessage } from '../worker/protocol';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice';
import { createForwardSlice, type ForwardSlice } from './forwardSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';

function message(id: DatasetId): DatasetMessage {
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

function storeOver(load: (id: DatasetId) => Promise<DatasetMessage>) {
  return createStore<DatasetSlice & ForwardSlice & SettingsSlice>()((...parts) => ({
    ...createDatasetSlice(load)(...parts),
    ...createForwardSlice(...parts),
    ...createSettingsSlice('digits')(...parts),
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
    expect(store.getState().dataset).toMatchObject({
      id: 'digits',
      status: 'ready',
      data: { id: 'digits' },
    });
  });

  it('drops the filter and the picked example of the set before', async () => {
    const store = storeOver(async (id) => message(id));
    await store.getState().chooseDataset('digits');
    store.getState().toggleClass(1);
    store.getState().pickExample(1);
    await store.getState().chooseDataset('shapes');
    expect(store.getState().dataset.classFilter).toEqual([]);
    expect(store.getState().forward.exampleIndex).toBe(0);
  });

  it('keeps the pictures that are there when the next cannot be loaded, and says why', async () => {
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
    const filter = () => store.getState().dataset.classFilter;
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
