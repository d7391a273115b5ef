import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import '../../app/compose';
import { forwardGroup } from '../../settings/groups/forward';
import { samplingGroup } from '../../settings/groups/sampling';
import { trainingGroup } from '../../settings/groups/training';
import { pageValues } from '../../testing/values';
import { boundGroup } from '../../views/bound/settings';
import { createDatasetSlice, type DatasetSlice } from '../datasetSlice';
import { createSamplingSlice, type SamplingSlice } from '../samplingSlice';
import { createSettingsSlice, type SettingsSlice } from '../settingsSlice';
import { createTrainingSlice, type TrainingSlice } from '../trainingSlice';
import { createValuesSlice, type ValuesSlice, valuesOf } from '../valuesSlice';
import { linkBase } from './sharedState';
import { createShareSlice, type ShareSlice, shareable } from './shareSlice';

type State = ShareSlice & SettingsSlice & DatasetSlice & ValuesSlice & SamplingSlice & TrainingSlice;

/** The slices as the page has them, over an engine that is not asked for anything but images. */
function storeOf() {
  const engine = {} as Parameters<typeof createTrainingSlice>[0] & Parameters<typeof createSamplingSlice>[0];
  const load = async (id: string) =>
    ({ id, classNames: [] }) as unknown as NonNullable<DatasetSlice['dataset']['data']>;
  return createStore<State>()((...parts) => ({
    ...createValuesSlice(pageValues())(...parts),
    ...createDatasetSlice(load)(...(parts as unknown as Parameters<ReturnType<typeof createDatasetSlice>>)),
    ...createSettingsSlice()(...parts),
    ...createTrainingSlice(engine)(
      ...(parts as unknown as Parameters<ReturnType<typeof createTrainingSlice>>),
    ),
    ...createSamplingSlice(engine)(...parts),
    ...createShareSlice(...parts),
  }));
}

const base = linkBase();
const shared = {
  ...base,
  dataset: 'shapes' as const,
  title: 'Shapes',
  origin: null,
  seed: 5,
  training: { ...base.training, batchSize: 8 },
  sampling: { ...base.sampling, seed: 99, count: 2 },
  forward: { exampleIndex: 3, t: 77, noiseSeed: 4 },
};

describe('the share slice', () => {
  it('shows what a link holds, and what the page then shows makes the same link', async () => {
    const store = storeOf();
    store.getState().openLink({ shared, problem: null });
    await store.getState().chooseDataset(store.getState().values.data.dataset);
    store.getState().showSharedExample();
    expect(shareable(store.getState())).toEqual(shared);
    expect(store.getState().values.settings.model).toMatchObject({ imageSize: 16, imageChannels: 3 });
  });

  it('brings back what the user had', async () => {
    const store = storeOf();
    store.getState().set(trainingGroup, { 'training.batchSize': 12 });
    const { kept, values } = store.getState();
    store.getState().openLink({ shared: { ...shared, dataset: 'digits' }, problem: null });
    expect(store.getState().values.settings.training.batchSize).toBe(8);
    store.getState().set(trainingGroup, { 'training.batchSize': 1 });
    await store.getState().leaveLink();
    expect(store.getState().kept).toEqual(kept);
    expect(store.getState().values).toEqual(values);
    expect(store.getState().values.sampling).toBe(samplingGroup.defaults);
    expect(store.getState().share.opened).toBeNull();
  });

  it('shows links on the page as it is, one after the other, and brings back what the user had before the first', async () => {
    const store = storeOf();
    store.getState().set(trainingGroup, { 'training.batchSize': 12 });
    const { kept, values } = store.getState();
    await store.getState().followLink({ shared, problem: null });
    expect(shareable(store.getState())).toEqual(shared);
    const second = { ...shared, dataset: 'digits' as const, title: 'Digits', forward: base.forward };
    await store.getState().followLink({ shared: second, problem: null });
    expect(store.getState().values.forward).toEqual(base.forward);
    expect(store.getState().values.settings.training.batchSize).toBe(8);
    await store.getState().leaveLink();
    expect(store.getState().kept).toEqual(kept);
    expect(store.getState().values).toEqual(values);
  });

  it('shows the views as the link has them, and brings the user’s own back', async () => {
    const store = storeOf();
    store.getState().set(boundGroup, { seed: 9 });
    store.getState().set(forwardGroup, { t: 12 });
    const { values } = store.getState();
    const views = { ...base.views, bound: { ...base.views.bound, seed: 4 } };
    store.getState().openLink({ shared: { ...shared, views }, problem: null });
    await store.getState().chooseDataset(store.getState().values.data.dataset);
    store.getState().showSharedExample();
    expect(valuesOf(store.getState(), boundGroup).seed).toBe(4);
    expect(shareable(store.getState())).toEqual({ ...shared, views });
    await store.getState().leaveLink();
    expect(store.getState().values).toEqual(values);
  });

  it('says where the model of the images, or the data set, is not here', () => {
    const store = storeOf();
    store.getState().openLink({ shared: { ...shared, origin: 'own' }, problem: null });
    expect(store.getState().share.missing.join()).toContain('training makes it again');
    const other = storeOf();
    const before = other.getState().values;
    other.getState().openLink({ shared: { ...shared, dataset: 'own:1a', title: 'Cats' }, problem: null });
    expect(other.getState().share).toMatchObject({
      opened: null,
      problem: expect.stringContaining('“Cats”'),
    });
    expect(other.getState().values).toBe(before);
  });
});
