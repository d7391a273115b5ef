import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserCheckpoints, type CheckpointStorage, type NewCheckpoint } from './checkpointStorage';

const facts: NewCheckpoint = {
  name: 'First',
  title: 'Digits',
  step: 12,
  loss: 0.25,
  shape: { imageSize: 8, imageChannels: 1 },
};
const bundle = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 251);
let database: string;
let storage: CheckpointStorage;

beforeEach(() => {
  database = `checkpoints-${crypto.randomUUID()}`;
  storage = browserCheckpoints(database);
});
afterEach(() => deleteDB(database));

/** Reaches into the storage, as a disk that fails would. */
async function spoil(store: 'facts' | 'bundles', change: (value: never) => unknown, key: string) {
  const db = await openDB(database);
  const value = await db.get(store, key);
  await (store === 'facts'
    ? db.put(store, change(value as never))
    : db.put(store, change(value as never), key));
  db.close();
}

test('keeps, renames, duplicates and lists, newest first, across visits', async () => {
  const first = await storage.save(facts, bundle);
  expect(first).toMatchObject({ ...facts, bytes: 5000 });
  vi.setSystemTime(first.savedAt + 5);
  const copy = await storage.duplicate(first.id, 'First, copy');
  vi.useRealTimers();
  await storage.rename(first.id, 'Best');
  const visit = browserCheckpoints(database);
  const list = await visit.list();
  expect(list.map(({ name }) => name)).toEqual(['First, copy', 'Best']);
  expect(list[0]).toEqual(copy);
  expect(await visit.load(first.id)).toEqual(bundle);
  expect(await visit.load(copy.id)).toEqual(bundle);
});

/** A tab that closes loses its locks, as it does where another one takes them by force. */
async function closeTab(): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  for (const { name = '' } of held)
    if (name.startsWith(database)) await navigator.locks.request(name, { steal: true }, () => {});
}

test('brings back what was deleted while the tab is open, though others open meanwhile', async () => {
  const { id } = await storage.save(facts, bundle);
  await storage.remove(id);
  expect(await storage.list()).toEqual([]);
  await storage.undelete(id);
  expect(await storage.load(id)).toEqual(bundle);
  await storage.remove(id);
  const other = browserCheckpoints(database);
  expect(await other.list()).toEqual([]);
  await storage.undelete(id);
  expect(await storage.load(id)).toEqual(bundle);
  expect((await other.list()).map((one) => one.id)).toEqual([id]);

  await storage.remove(id);
  await closeTab();
  const next = browserCheckpoints(database);
  expect(await next.list()).toEqual([]);
  await expect(next.undelete(id)).rejects.toThrow('is gone');
});

test('where there are no locks, what was deleted is kept for a day', async () => {
  vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as never);
  const { id } = await storage.save(facts, bundle);
  await storage.remove(id);
  await browserCheckpoints(database).list();
  await storage.undelete(id);
  await storage.remove(id);
  await spoil(
    'facts',
    (row: { deletedAt: number }) => ({ ...row, deletedAt: row.deletedAt - 86_500_000 }),
    id,
  );
  await browserCheckpoints(database).list();
  await expect(storage.undelete(id)).rejects.toThrow('is gone');
  vi.restoreAllMocks();
});

test('finds a changed byte, a missing file and unreadable facts, and lists the others still', async () => {
  const [changed, missing, unreadable, sound] = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => storage.save({ ...facts, name }, bundle)),
  );
  const ids = [changed?.id, missing?.id, unreadable?.id, sound?.id] as [string, string, string, string];
  await spoil('bundles', (bytes: Uint8Array) => bytes.with(100, 255), ids[0]);
  await spoil('bundles', () => null, ids[1]);
  await spoil('facts', () => ({ id: ids[2], name: 7 }), ids[2]);
  await expect(storage.load(ids[0])).rejects.toThrow("'a' is damaged and was set aside: the checksum");
  await expect(storage.load(ids[1])).rejects.toThrow("'b' is damaged and was set aside: its file is missing");
  const damage = new Map((await storage.list()).map((one) => [one.id, one.damage]));
  expect(ids.map((id) => damage.get(id) !== undefined)).toEqual([true, true, true, false]);
  expect(await storage.load(ids[3])).toEqual(bundle);
  await storage.remove(ids[0]);
  expect(await storage.list()).toHaveLength(3);
});

test('a full storage changes nothing, gives back what was deleted, and says what to do', async () => {
  const kept = await storage.save(facts, bundle);
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full);
  await expect(storage.save({ ...facts, name: 'Second' }, bundle)).rejects.toThrow(
    /no more room.*Export checkpoints as files.*Nothing was changed/,
  );
  put.mockRestore();
  expect((await storage.list()).map(({ id }) => id)).toEqual([kept.id]);

  await storage.remove(kept.id);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(full);
  await storage.save({ ...facts, name: 'Third' }, bundle);
  expect((await storage.list()).map(({ name }) => name)).toEqual(['Third']);
  await expect(storage.undelete(kept.id)).rejects.toThrow('is gone');
  vi.restoreAllMocks();
});
