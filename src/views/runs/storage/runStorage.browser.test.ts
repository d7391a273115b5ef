import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { madeRun } from '../testing/madeRun';
import { browserRuns, type RunStorage } from './runStorage';

const bundle = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 251);
let database: string;
let storage: RunStorage;

beforeEach(() => {
  database = `runs-${crypto.randomUUID()}`;
  storage = browserRuns(database);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(database);
});

const { body } = madeRun();
const save = (id: string, more: Parameters<typeof madeRun>[0] = {}, to = storage) =>
  to.save(madeRun({ id, name: id, ...more }).facts, body, true);
const ids = async () => (await storage.list()).map(({ id }) => id);

/** Reaches into the storage, as a disk that fails would. */
async function spoil(store: 'rows' | 'bodies' | 'checkpoints', key: string, value: unknown) {
  const db = await openDB(database);
  await (store === 'rows' ? db.put(store, value) : db.put(store, value, key));
  db.close();
}

const full = () => {
  throw new DOMException('full', 'QuotaExceededError');
};

test('keeps runs with curves and checkpoint across visits; what the user changed outlasts the next write', async () => {
  await save('a', { startedAt: 1 });
  await save('b', { startedAt: 2 });
  await storage.change('a', { name: 'Best', pinned: true, colour: 3 });
  await storage.keepCheckpoint('a', 40, bundle);
  const quality = { step: 40, count: 64, frechet: 3, precision: 0.5, recall: null, memorised: 0 };
  await storage.addQuality('a', quality);
  await storage.save(madeRun({ id: 'a', name: 'a', step: 80, startedAt: 1 }).facts, body, false);
  const visit = browserRuns(database);
  const list = await visit.list();
  expect(list.map(({ name }) => name)).toEqual(['b', 'Best']);
  expect(list[1]).toMatchObject({
    checkpoint: { step: 40, bytes: 5000 },
    facts: { step: 80, pinned: true, colour: 3, quality: [quality] },
  });
  expect(await visit.load('a')).toEqual(body);
  expect(await visit.loadCheckpoint('a')).toEqual(bundle);
});

test('a deleted run comes back; one that is gone for good is not written again', async () => {
  await save('a');
  await storage.remove('a');
  expect(await ids()).toEqual([]);
  await storage.undelete('a');
  expect(await ids()).toEqual(['a']);
  expect(await storage.load('a')).toEqual(body);
  expect(await storage.save(madeRun({ id: 'b' }).facts, body, false)).toBe(false);
  expect(await ids()).toEqual(['a']);
});

test('finds changed bytes and unreadable facts, and lists the others still', async () => {
  for (const id of ['changed', 'missing', 'unreadable', 'sound']) await save(id);
  await storage.keepCheckpoint('sound', 1, bundle);
  const db = await openDB(database);
  const bytes: Uint8Array = await db.get('bodies', 'changed');
  db.close();
  await spoil('bodies', 'changed', bytes.with(3, 1));
  await spoil('bodies', 'missing', null);
  await spoil('rows', 'unreadable', { id: 'unreadable', facts: 7 });
  await spoil('checkpoints', 'sound', bundle.with(100, 255));
  await expect(storage.load('changed')).rejects.toThrow(
    '“changed” is damaged: its curves have another checksum',
  );
  await expect(storage.load('missing')).rejects.toThrow('its curves are missing');
  await expect(storage.loadCheckpoint('sound')).rejects.toThrow('its checkpoint has another checksum');
  const damaged = new Map((await storage.list()).map(({ id, damage }) => [id, damage !== undefined]));
  expect(Object.fromEntries(damaged)).toEqual({
    changed: true,
    missing: true,
    unreadable: true,
    sound: false,
  });
  expect(await storage.load('sound')).toEqual(body);
});

test('a full storage changes nothing, gives back what was deleted, and says what to do', async () => {
  await save('a', { step: 10 });
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
  await expect(save('b')).rejects.toThrow(/no more room.*Delete runs.*Nothing was changed/);
  await expect(storage.save(madeRun({ id: 'a', step: 20 }).facts, body, false)).rejects.toThrow(
    'no more room',
  );
  put.mockRestore();
  expect((await storage.list()).map(({ id, facts }) => [id, facts?.step])).toEqual([['a', 10]]);

  await storage.remove('a');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(full);
  await save('c');
  expect(await ids()).toEqual(['c']);
  await expect(storage.undelete('a')).rejects.toThrow('is gone');
});

test('a write that breaks off after its first part leaves the run as it was', async () => {
  await save('a', { step: 10 });
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    return this.name === 'bodies' ? full() : put.call(this, value, key);
  });
  await expect(storage.save(madeRun({ id: 'a', step: 20 }).facts, body, false)).rejects.toThrow();
  vi.restoreAllMocks();
  expect((await storage.list())[0]?.facts?.step).toBe(10);
  expect(await storage.load('a')).toEqual(body);
});

test('beyond the budget the oldest run goes, but neither a pinned one nor the one that is written', async () => {
  const small = browserRuns(database, { runs: 2, bytes: 1e6, checkpointBytes: 6000 });
  await save('pinned', { updatedAt: 1, pinned: true }, small);
  await save('old', { updatedAt: 2 }, small);
  await save('new', { updatedAt: 3 }, small);
  expect((await ids()).sort()).toEqual(['new', 'pinned']);
  await small.keepCheckpoint('new', 1, bundle);
  await small.keepCheckpoint('pinned', 1, bundle);
  const kept = Object.fromEntries(
    (await storage.list()).map(({ id, checkpoint }) => [id, checkpoint !== null]),
  );
  expect(kept).toEqual({ new: false, pinned: true });
});
