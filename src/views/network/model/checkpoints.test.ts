import { describe, expect, it } from 'vitest';
import { modelConfigToJson } from '../../../engine/unet/config';
import type { CheckpointFacts } from '../../../store/checkpoints/checkpointStorage';
import type { ModelNeeds } from '../../../store/sampledModel';
import { sourceOf } from '../../../store/sampledModel';
import type { ValuesSlice } from '../../../store/valuesSlice';
import { tinyConfig } from '../../../testing/tinyModel';
import { pageValues } from '../../../testing/values';
import { viewCore } from '../../../testing/viewCore';
import { networkModelGroup } from '../settings';
import { createCheckpoints } from './checkpoints';
import { chosenModel } from './chosenModel';

/** A safetensors file without tensors, whose metadata tells the config. */
function fileOf(config: object): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { config: JSON.stringify(modelConfigToJson(config)) } }),
  );
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes;
}

const facts = (id: string, damage?: string) =>
  ({ id, name: `Checkpoint ${id}`, title: 'Digits', step: 1200, damage }) as CheckpointFacts;

/** Files that the test hands out one by one. */
function shelf() {
  const waiting = new Map<string, (bytes: Uint8Array) => void>();
  const store = createCheckpoints({
    list: async () => [facts('a'), facts('b'), facts('broken', 'its file is missing')],
    load: (id) => new Promise((resolve) => waiting.set(id, resolve)),
  });
  const give = async (id: string, config: object) => {
    waiting.get(id)?.(fileOf(config));
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { store, give };
}

describe('checkpoints of the view', () => {
  it('lists those that can be used, and opens one with its config, steps and file', async () => {
    const { store, give } = shelf();
    await store.getState().refresh();
    expect(store.getState().list?.map(({ id }) => id)).toEqual(['a', 'b']);
    void store.getState().open('a');
    await give('a', { ...tinyConfig, nChannels: 16 });
    const { config, trainedSteps, stored } = store.getState().opened?.model ?? {};
    expect([config?.nChannels, trainedSteps, stored?.id]).toEqual([16, 1200, 'a']);
    expect(new Uint8Array((await stored?.file.arrayBuffer()) ?? [])).toEqual(
      fileOf({ ...tinyConfig, nChannels: 16 }),
    );
  });

  it('shows the one that was chosen last, however late another file comes', async () => {
    const { store, give } = shelf();
    await store.getState().refresh();
    void store.getState().open('a');
    void store.getState().open('b');
    await give('b', tinyConfig);
    await give('a', tinyConfig);
    expect(store.getState().opened?.id).toBe('b');
  });

  it('says why one cannot be opened', async () => {
    const { store, give } = shelf();
    await store.getState().refresh();
    void store.getState().open('a');
    await give('a', { ...tinyConfig, imageChannels: 9 });
    expect(store.getState()).toMatchObject({
      opened: null,
      problem: expect.stringContaining('image_channels'),
    });
  });
});

it('the chosen checkpoint is asked once it is open, with the weights that are wanted', async () => {
  const { store, give } = shelf();
  await store.getState().refresh();
  void store.getState().open('a');
  await give('a', tinyConfig);
  const { opened } = store.getState();
  const own = { config: { ...tinyConfig }, parameters: 1 };
  const core = viewCore(
    { training: { model: own, step: 7 } } as unknown as ModelNeeds,
    pageValues('digits', { origin: { origin: 'own' } }),
  );
  const chosen = () => chosenModel(core.getState() as ModelNeeds & ValuesSlice, opened);
  expect(chosen()?.config).toBe(own.config);
  core.getState().set(networkModelGroup, { checkpoint: 'a' } as never);
  expect(chosen()).toBe(opened?.model);
  expect(sourceOf(chosen() as NonNullable<ReturnType<typeof chosen>>, 'raw')).toEqual({
    stored: { id: 'a', file: opened?.model.stored?.file },
    weights: 'raw',
  });
  core.getState().set(networkModelGroup, { checkpoint: 'gone' } as never);
  expect(chosen()?.config).toBe(own.config);
});
