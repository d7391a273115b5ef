import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportedImage } from '../../engine/data/import/pixels';
import type { OwnDataset } from '../../engine/data/ownDataset';
import type { PickedFile } from '../../engine/files/pickedFile';
import type { ImportConnection } from '../../worker/import/client';
import { Collection } from '../../worker/import/collection';
import { createCollectionStore } from './collectionStore';

const image = (level: number, size = 16): ImportedImage => ({
  bitmap: { width: size, height: size, channels: 1, pixels: new Uint8Array(size * size).fill(level) },
  className: null,
});
/** A file whose bytes are its level: the decoder below makes an image of it. */
const file = (name: string, level: number): PickedFile => ({ name, file: new Blob([Uint8Array.of(level)]) });

let stored: OwnDataset[] = [];
let refusal: Error | null = null;
let closed = 0;

/** The worker's collection without the worker. */
function connect(): ImportConnection {
  const collection = new Collection(async (_, bytes) => image(bytes[0] as number).bitmap);
  return {
    addFiles: (files, limit, tell) => collection.addFiles(files, limit, tell),
    readAgain: (answers, limit, tell) => collection.readAgain(answers, limit, tell),
    addImages: (images) => collection.addImages(images),
    removeImage: (index) => collection.removeImage(index),
    setAppearance: (appearance) => collection.setAppearance(appearance),
    build: (shape) => collection.build(shape),
    close: () => void closed++,
  };
}
const newStore = () =>
  createCollectionStore(connect, async (dataset) => {
    if (refusal) throw refusal;
    stored.push(dataset);
  });
beforeEach(() => {
  stored = [];
  refusal = null;
  closed = 0;
});

describe('a collection', () => {
  it('takes the size that suits, until another is chosen', async () => {
    const store = newStore();
    await store.getState().addFiles([file('pets/a.png', 1), file('pets/b.png', 2)]);
    expect(store.getState()).toMatchObject({
      found: { count: 2 },
      title: 'pets',
      shape: { imageSize: 16, channels: 1 },
    });
    await store.getState().setShape({ imageSize: 8 });
    expect(store.getState().built?.levels.length).toBe(128);
    await store.getState().addImages([image(3, 64)], 'My drawings');
    expect(store.getState()).toMatchObject({ found: { count: 3 }, title: 'pets', shape: { imageSize: 8 } });
    expect(store.getState().built?.count).toBe(3);
  });

  it('is cropped as was chosen last, however fast a choice follows another, before it is stored', async () => {
    const store = newStore();
    const pixels = Uint8Array.from({ length: 16 * 48 }, (_, i) => 10 * Math.floor((i % 48) / 16));
    const bitmap = { width: 48, height: 16, channels: 1, pixels } as const;
    await store.getState().addImages([{ bitmap, className: null }], 'Stripes');
    expect(store.getState()).toMatchObject({
      appearance: { crop: 'centre' },
      found: { examples: [bitmap] },
    });
    const crops = [0, 0.5, 1].map((x) => store.getState().setAppearance({ crop: { x, y: 0.5, size: 0.5 } }));
    expect(await store.getState().save()).toBe(true);
    await Promise.all(crops);
    expect(stored[0]?.imageSize, 'the size goes with the window').toBe(8);
    expect(new Set(stored[0]?.levels)).toEqual(new Set([20]));
    expect(store.getState(), 'the next set begins anew').toMatchObject({
      appearance: { crop: 'centre' },
      found: { examples: [] },
    });
  });

  it('keeps the shift within what a smaller size allows', async () => {
    const store = newStore();
    await store.getState().addImages([image(1)], 'Drawings');
    store.getState().setAugmentation({ shift: 4 });
    await store.getState().setShape({ imageSize: 8 });
    expect(store.getState().augmentation.shift).toBe(2);
  });

  it('is stored whole, with its name and variations, and is empty then', async () => {
    const store = newStore();
    await store.getState().addImages([image(9), image(200)], 'My drawings');
    store.getState().setAugmentation({ flipAcross: true });
    store.getState().setTitle('  Suns ');
    expect(await store.getState().save()).toBe(true);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      title: 'Suns',
      count: 2,
      imageSize: 16,
      classNames: ['all'],
      augmentation: { flipAcross: true, flipDown: false, shift: 0 },
    });
    expect(stored[0]?.id).toMatch(/^own:[0-9a-f]{32}$/);
    expect(store.getState()).toMatchObject({ found: { count: 0 }, built: null, title: '' });
    expect(closed).toBe(1);
  });

  it('stays where the storage refuses it, with the reason', async () => {
    const store = newStore();
    await store.getState().addImages([image(9)], 'My drawings');
    refusal = new Error('There is no room.');
    expect(await store.getState().save()).toBe(false);
    expect(store.getState()).toMatchObject({
      ...{ found: { count: 1 }, status: 'idle', problem: 'There is no room.' },
    });
    expect(store.getState().built?.count).toBe(1);
  });

  it('that is cancelled while it reads is as it was before', async () => {
    const store = newStore();
    await store.getState().addFiles([file('a.png', 1)]);
    const reading = store.getState().addFiles([file('b.png', 2), file('c.png', 3)]);
    expect(store.getState().status).toBe('reading');
    store.getState().cancelReading();
    await reading;
    expect(store.getState()).toMatchObject({ status: 'idle', progress: null, found: { count: 1 } });
    await store.getState().addFiles([file('d.png', 4)]);
    expect(store.getState().built?.count).toBe(2);
  });

  it('says what was left out, and keeps what is there', async () => {
    const store = newStore();
    await store.getState().addFiles([file('a.png', 1)]);
    await store.getState().addFiles([{ name: 'list.txt', file: new Blob(['x']) }]);
    expect(store.getState().refused).toEqual([expect.stringMatching(/^list\.txt/)]);
    expect(store.getState().built?.count).toBe(1);
  });

  it('is corrected without a second choosing of files, and a correction that is cancelled changes nothing', async () => {
    const store = newStore();
    const rows = Array.from({ length: 6 }, (_, n) => [n % 2, n % 3, ...new Array(64).fill(40 * n)]);
    const header = ['coarse', 'fine', ...Array.from({ length: 64 }, (_, i) => `pixel${i}`)];
    const csv = [header, ...rows].map((row) => row.join()).join('\n');
    await store.getState().addFiles([{ name: 'a.csv', file: new Blob([csv]) }]);
    const titles = store.getState().found.choices[0]?.choice.titles ?? [];
    store.getState().setTitle('Mine');
    await store.getState().answer('a.csv', 'class column', titles.indexOf('fine'));
    expect(store.getState()).toMatchObject({ title: 'Mine', built: { classNames: ['0', '1', '2'] } });
    await store.getState().setLimit(3);
    expect(store.getState()).toMatchObject({
      found: { count: 3, total: 6 },
      limit: 3,
      built: { classNames: ['0', '1', '2'] },
    });
    const reading = store.getState().answer('a.csv', 'class column', titles.indexOf('coarse'));
    store.getState().cancelReading();
    await reading;
    expect(store.getState().built?.classNames).toEqual(['0', '1', '2']);
    expect(store.getState().answers).toEqual({ 'a.csv': { 'class column': titles.indexOf('fine') } });
    await store.getState().addFiles([file('b.png', 1)]);
    expect(store.getState().problem).toMatch(/has 3 images already/);
  });
});
