import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { EncodedChoices } from '../choices/encodedChoices';
import { createDatasetSlice, type DatasetSlice } from '../datasetSlice';
import { createForwardSlice, type ForwardSlice } from '../forwardSlice';
import { defaultSamplingChoices } from '../samplingSettings';
import { createSamplingSlice, type SamplingSlice } from '../samplingSlice';
import { createSettingsSlice, type SettingsSlice } from '../settingsSlice';
import { createTrainingSlice, type TrainingSlice } from '../trainingSlice';
import { base } from './sharedState';
import { createShareSlice, type SharedViews, type ShareSlice, shareable } from './shareSlice';

type State = ShareSlice & SettingsSlice & DatasetSlice & ForwardSlice & SamplingSlice & TrainingSlice;

/** The slices as the page has them, over an engine that is not asked for anything but pictures. */
function storeOf(views?: SharedViews) {
  const engine = {} as Parameters<typeof createTrainingSlice>[0] & Parameters<typeof createSamplingSlice>[0];
  const load = async (id: DatasetSlice['dataset']['id']) =>
    ({ id, classNames: [] }) as unknown as NonNullable<DatasetSlice['dataset']['data']>;
  return createStore<State>()((...parts) => ({
    ...createDatasetSlice(load)(...(parts as unknown as Parameters<ReturnType<typeof createDatasetSlice>>)),
    ...createForwardSlice(...parts),
    ...createSettingsSlice('digits')(...parts),
    ...createTrainingSlice(engine)(
      ...(parts as unknown as Parameters<ReturnType<typeof createTrainingSlice>>),
    ),
    ...createSamplingSlice(engine)(...parts),
    ...createShareSlice(views)(...parts),
  }));
}

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
    await store.getState().chooseDataset(store.getState().settings.dataset);
    store.getState().showSharedExample();
    expect(shareable(store.getState())).toEqual(shared);
    expect(store.getState().settings.model).toMatchObject({ imageSize: 16, imageChannels: 3 });
  });

  it('brings back what the user had', async () => {
    const store = storeOf();
    store.getState().changeTraining({ batchSize: 12 });
    const { kept, training } = store.getState().settings;
    store.getState().openLink({ shared: { ...shared, dataset: 'digits' }, problem: null });
    expect(store.getState().settings.training.batchSize).toBe(8);
    store.getState().changeTraining({ batchSize: 1 });
    await store.getState().leaveLink();
    expect(store.getState().settings).toMatchObject({ dataset: 'digits', kept, training });
    expect(store.getState().sampling.settings).toBe(defaultSamplingChoices);
    expect(store.getState().share.opened).toBeNull();
  });

  it('shows the views as the link has them, and brings the user’s own back', async () => {
    const own = { bound: { seed: 9 } };
    let shown: EncodedChoices = own;
    const store = storeOf({
      read: () => shown,
      put: (views) => {
        shown = views;
      },
    });
    store.getState().setTime(12);
    const { forward } = store.getState();
    const views = { ...base.views, bound: { ...base.views.bound, seed: 4 } };
    store.getState().openLink({ shared: { ...shared, views }, problem: null });
    await store.getState().chooseDataset(store.getState().settings.dataset);
    store.getState().showSharedExample();
    expect(shown).toBe(views);
    expect(shareable(store.getState(), shown)).toEqual({ ...shared, views });
    await store.getState().leaveLink();
    expect(shown).toBe(own);
    expect(store.getState().forward).toEqual(forward);
  });

  it('says where the model of the pictures, or the data set, is not here', () => {
    const store = storeOf();
    store.getState().openLink({ shared: { ...shared, origin: 'own' }, problem: null });
    expect(store.getState().share.missing.join()).toContain('training makes it again');
    const other = storeOf();
    const before = other.getState().settings;
    other.getState().openLink({ shared: { ...shared, dataset: 'own:1a', title: 'Cats' }, problem: null });
    expect(other.getState().share).toMatchObject({
      opened: null,
      problem: expect.stringContaining('“Cats”'),
    });
    expect(other.getState().settings).toBe(before);
  });
});
