import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { noAugmentation } from '../../engine/data/augmentation';
import type { OwnFacts } from '../../engine/data/ownDataset';
import type { CheckpointFacts, CheckpointStorage } from '../../store/checkpoints/checkpointStorage';
import { pageValues } from '../../testing/values';
import type { ExportedModel, ImportedModel } from '../../worker/protocol';
import { createModelsStore, type ModelsSurroundings } from './store';

const { model: config } = pageValues().settings;
const exported: ExportedModel = {
  bytes: Uint8Array.of(1, 2),
  config,
  dataset: 'digits',
  step: 1200,
  loss: 0.1,
};
const imported: ImportedModel = {
  config,
  parameters: 5,
  step: 0,
  losses: new Float32Array(),
  heldOutLosses: [],
  dataset: null,
  settings: null,
  withTraining: false,
  note: null,
  images: null,
  notices: [],
};
const file = (name: string, size = 3) =>
  Object.defineProperty(new File(['abc'], name), 'size', { value: size });

/** A storage that keeps bundles in memory. */
function memory(): CheckpointStorage {
  const kept = new Map<string, { facts: CheckpointFacts; bundle: Uint8Array; deleted: boolean }>();
  const of = (id: string) => kept.get(id) as NonNullable<ReturnType<typeof kept.get>>;
  const save: CheckpointStorage['save'] = async (facts, bundle) => {
    const id = String(kept.size);
    kept.set(id, {
      facts: { ...facts, id, bytes: bundle.length, savedAt: kept.size },
      bundle,
      deleted: false,
    });
    return of(id).facts;
  };
  return {
    save,
    list: async () => [...kept.values()].filter(({ deleted }) => !deleted).map(({ facts }) => facts),
    load: async (id) => of(id).bundle,
    rename: async (id, name) => void Object.assign(of(id).facts, { name }),
    duplicate: async (id, name) => save({ ...of(id).facts, name }, of(id).bundle),
    remove: async (id) => void Object.assign(of(id), { deleted: true }),
    undelete: async (id) => void Object.assign(of(id), { deleted: false }),
  };
}

const page = {
  exportModel: vi.fn(async () => exported),
  importModel: vi.fn(async (_: Blob) => imported),
  inspectModel: vi.fn(async (): Promise<null> => null),
};
let surroundings: ModelsSurroundings;
let store: ReturnType<typeof createModelsStore>;
const state = () => store.getState();
const names = () => state().checkpoints?.map(({ name }) => name);

beforeEach(() => {
  vi.clearAllMocks();
  const whole = {
    ...page,
    training: { model: { config, parameters: 5 }, step: 1200, dataset: 'digits' },
    values: pageValues(),
  };
  surroundings = {
    page: createStore(() => whole) as unknown as ModelsSurroundings['page'],
    storage: memory(),
    download: vi.fn(),
    askToKeep: vi.fn(async () => true),
    isKept: vi.fn(async () => false),
  };
  store = createModelsStore(surroundings);
});

describe('files', () => {
  test('are named by what is in them', async () => {
    await state().exportFile({ kind: 'model', weights: 'ema', dtype: 'f16' });
    const [name, bytes] = vi.mocked(surroundings.download).mock.calls[0] as [string, Uint8Array, string];
    expect(name).toMatch(/^ddpm-[\w-]*digits[\w-]*-1200-steps-ema-f16\.safetensors$/);
    expect(bytes).toBe(exported.bytes);
  });

  test('take the place of the model, which comes back when that is taken back', async () => {
    await state().importFile(file('a.safetensors'));
    expect(state().fileMessage).toMatchObject({ tone: 'good', undo: 'import' });
    expect(state().fileMessage?.text).toMatch(/“a.safetensors”.*weights alone.*if you train it on/);
    await state().undoImport('fileMessage');
    const [before] = page.importModel.mock.lastCall as [Blob];
    expect(new Uint8Array(await before.arrayBuffer())).toEqual(exported.bytes);
    expect(state().fileMessage?.undo).toBeUndefined();
  });

  test('of someone’s own data say its name, and whether its images came with them', async () => {
    const ownFacts: OwnFacts = {
      ...{ id: 'own:cats', title: 'Cats', count: 300, imageSize: 8, channels: 1, classNames: ['cat'] },
      augmentation: noAugmentation,
    };
    page.importModel.mockResolvedValueOnce({ ...imported, ownFacts });
    await state().importFile(file('a.safetensors'));
    expect(state().fileMessage?.text).toMatch(
      /It learned “Cats”, 300 images that are not in this browser; it samples/,
    );
    const images = { ...ownFacts, levels: new Uint8Array(), labels: new Uint8Array() };
    page.importModel.mockResolvedValueOnce({ ...imported, dataset: 'own:cats', ownFacts, images });
    await state().importFile(file('b.safetensors'));
    expect(state().fileMessage?.text).toMatch(
      /Its 300 images came with it: “Cats” is among your data sets now\. It samples/,
    );
  });

  test('that cannot be used are named with the reason, and nothing can be taken back', async () => {
    page.importModel.mockRejectedValueOnce(new Error('It is cut off.'));
    await state().importFile(file('b.safetensors'));
    const text = '“b.safetensors” cannot be opened: It is cut off. The model in training stays as it is.';
    expect(state()).toMatchObject({ fileMessage: { tone: 'bad', text }, busy: null });
    await state().importFile(file('huge.safetensors', 2 ** 31));
    expect(state().fileMessage?.text).toMatch(/“huge.safetensors” takes 2 GB; at most 1 GB/);
    expect(page.importModel).toHaveBeenCalledOnce();
  });
});

describe('checkpoints', () => {
  test('are saved while the browser still asks the user whether to keep them', async () => {
    vi.mocked(surroundings.askToKeep).mockReturnValueOnce(new Promise(() => {}));
    await state().saveCheckpoint('Before');
    expect(state()).toMatchObject({ busy: null, checkpointMessage: { tone: 'good' } });
    expect(names()).toEqual(['Before']);
  });

  test('get a name that says what they are and that no other has; the browser is asked to keep them', async () => {
    await state().saveCheckpoint('');
    await state().saveCheckpoint('  ');
    expect(names()).toEqual([
      expect.stringMatching(/1,200 steps$/),
      expect.stringMatching(/1,200 steps \(2\)$/),
    ]);
    expect(surroundings.askToKeep).toHaveBeenCalled();
    expect(state().kept).toBe(true);
    await state().listCheckpoints();
    expect(state().kept).toBe(false);
    await state().saveCheckpoint('x'.repeat(101));
    expect(state().checkpointMessage).toMatchObject({
      tone: 'bad',
      text: 'A name has at most 80 characters; this one has 101.',
    });
    expect(names()).toHaveLength(2);
    await state().saveCheckpoint('Best\u202e\u0000');
    await state().saveCheckpoint('Best');
    expect(names()?.slice(2)).toEqual(['Best', 'Best (2)']);
  });

  test('are renamed, copied, deleted and brought back', async () => {
    await state().saveCheckpoint('One');
    await state().duplicateCheckpoint('0');
    await state().renameCheckpoint('0', ' ');
    expect(state().checkpointMessage?.text).toBe('A checkpoint needs a name.');
    await state().renameCheckpoint('0', 'Two');
    expect(names()).toEqual(['Two', 'One (2)']);
    await state().renameCheckpoint('1', 'Two');
    expect(state().checkpointMessage?.text).toBe('“Two” is taken: this one is “Two (2)”.');
    await state().renameCheckpoint('1', 'One (2)');
    await state().deleteCheckpoint('0');
    expect(names()).toEqual(['One (2)']);
    expect(state().checkpointMessage).toMatchObject({ undo: 'delete' });
    await state().undoDelete();
    expect(names()).toEqual(['Two', 'One (2)']);
  });

  test('a storage that fails is explained, and the page goes on', async () => {
    surroundings.storage.list = async () => {
      throw new Error('no storage');
    };
    await state().listCheckpoints();
    expect(state().checkpoints).toEqual([]);
    expect(state().checkpointMessage?.text).toContain('no storage');
  });
});
