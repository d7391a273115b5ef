import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { browserAutosave } from './autosave';

const database = 'ddpm-playground';
const [first, second] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];

afterEach(() => deleteDB(database));

/** Puts what a disk or another program may have left in place of what was saved last. */
async function leave(change: (latest: Record<string, unknown>) => unknown): Promise<void> {
  const db = await openDB(database);
  const key = (await db.getAllKeys('training')).at(-1) as string;
  await db.put('training', change(await db.get('training', key)), key);
  db.close();
}

async function keys(): Promise<IDBValidKey[]> {
  const db = await openDB(database);
  const all = await db.getAllKeys('training');
  db.close();
  return all;
}

// One instance saves: the lock of the one that saved first is held for as long as the page is open.
const saver = browserAutosave();

test.each([
  ['null', () => null],
  ['a number', () => 7],
  ['without its bytes', (latest: object) => ({ ...latest, bundle: null })],
])('where what was saved last is %s, the one before it can be opened', async (_, change) => {
  await saver.load();
  await saver.save(first);
  await saver.save(second);
  await leave(change);
  const visit = browserAutosave();
  await expect(visit.load()).rejects.toMatchObject({ name: 'CheckpointError' });
  expect(await visit.setAside()).toEqual(first);
  expect(await visit.load()).toEqual(first);
});

test('the last two saves are kept, the newest known by its key alone', async () => {
  await saver.load();
  for (const bundle of [first, second, first, second]) await saver.save(bundle);
  const [before, newest] = (await keys()) as [string, string];
  expect(await keys()).toHaveLength(2);
  expect(before < newest).toBe(true);
  expect(await browserAutosave().load()).toEqual(second);
  expect(await saver.setAside()).toEqual(first);
  expect(await keys()).toEqual(['damaged', before]);
});

test('what earlier versions of the page saved opens, and makes room for what comes', async () => {
  await saver.load();
  const db = await openDB(database, 1);
  await db.put('training', { savedAt: 2, bundle: second }, 'latest');
  await db.put('training', { savedAt: 1, bundle: first }, 'before');
  db.close();
  const visit = browserAutosave();
  expect(await visit.load()).toEqual(second);
  expect(await saver.load()).toEqual(second);
  await saver.save(first);
  expect(await keys()).toEqual(['latest', expect.stringMatching(/^saved-\d{16}$/)]);
  await saver.save(second);
  expect(await keys()).toEqual([expect.stringMatching(/^saved/), expect.stringMatching(/^saved/)]);
});

test('takes not the place of what another tab has saved meanwhile', async () => {
  await saver.load();
  await saver.save(first);
  const db = await openDB(database);
  await db.put('training', { savedAt: 9e15, bundle: second }, 'saved-9000000000000000');
  db.close();
  await expect(saver.save(first)).rejects.toThrow(
    'another tab of this page has saved its model there meanwhile',
  );
  expect(await saver.load()).toEqual(second);
  await saver.save(first);
  expect(await browserAutosave().load()).toEqual(first);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 'yesterday'])(
  'what says that it was saved at %s can be opened, and the next save takes its place',
  async (savedAt) => {
    await saver.load();
    await saver.save(first);
    await leave((latest) => ({ ...latest, savedAt }));
    expect(await saver.load()).toEqual(first);
    await saver.save(second);
    await saver.save(first);
    expect(await saver.load()).toEqual(first);
  },
);
