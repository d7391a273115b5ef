import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { noAugmentation } from '../../engine/data/augmentation';
import type { OwnDataset } from '../../engine/data/ownDataset';
import { browserOwnDatasets } from './storage';

const database = 'ddpm-playground-data';
afterEach(() => deleteDB(database));

const suns: OwnDataset = {
  ...{ id: 'own:suns', title: 'Suns\u202e', count: 1, imageSize: 1, channels: 1, classNames: ['a\u0000ll'] },
  ...{ augmentation: noAugmentation, levels: Uint8Array.of(7), labels: Uint8Array.of(0) },
};

test('a row that is not sound is left out, and takes no other with it; names are plain', async () => {
  const storage = browserOwnDatasets();
  await storage.save(suns);
  const db = await openDB(database);
  const { facts } = await db.get('facts', 'own:suns');
  for (const [id, row] of Object.entries({
    'own:null': null,
    'own:number': 7,
    'own:none': { savedAt: 1 },
    'own:size': { savedAt: 1, facts: { ...facts, imageSize: -1 } },
    'own:time': { savedAt: Number.NaN, facts: { ...facts, id: 'own:time' } },
  }))
    await db.put('facts', row, id);
  db.close();
  const listed = await storage.list();
  expect(listed.map(({ id, title, classNames }) => [id, title, classNames])).toEqual([
    ['own:time', 'Suns', ['all']],
    ['own:suns', 'Suns', ['all']],
  ]);
});
