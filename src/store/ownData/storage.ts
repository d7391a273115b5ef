import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Pictures } from '../../engine/data/dataset';
import type { OwnDataset, OwnDatasetId, OwnFacts } from '../../engine/data/ownDataset';

/** Keeps the user's own data sets across visits. All reject where the browser refuses. */
export interface OwnDatasetStorage {
  /** The facts of all, in the order in which they came. */
  list(): Promise<OwnFacts[]>;
  /** The pictures of one; null where they are not there. */
  read(id: OwnDatasetId): Promise<Pictures | null>;
  /** Adds one, wholly or not at all. */
  save(dataset: OwnDataset): Promise<void>;
  /** Changes what is known of one, but not its pictures. */
  change(facts: OwnFacts): Promise<void>;
  remove(id: OwnDatasetId): Promise<void>;
}

interface KeptFacts {
  savedAt: number;
  facts: OwnFacts;
}

interface Schema extends DBSchema {
  facts: { key: OwnDatasetId; value: KeptFacts };
  pictures: { key: OwnDatasetId; value: Pictures };
}

/** The storage in the browser's IndexedDB. */
export function browserOwnDatasets(): OwnDatasetStorage {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    database = undefined;
  };
  const open = () =>
    openDB<Schema>('ddpm-playground-data', 1, {
      upgrade(created) {
        created.createObjectStore('facts');
        created.createObjectStore('pictures');
      },
      // A page in another tab wants to delete or change it: it must not wait for this one.
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  // A refusal is not kept: the next call asks again.
  const opened = () => {
    database ??= open();
    database.catch(forget);
    return database;
  };
  return {
    async list() {
      const kept = await (await opened()).getAll('facts');
      return kept.sort((a, b) => a.savedAt - b.savedAt).map(({ facts }) => facts);
    },
    async read(id) {
      return (await (await opened()).get('pictures', id)) ?? null;
    },
    async save({ levels, labels, ...facts }) {
      const change = (await opened()).transaction(['facts', 'pictures'], 'readwrite');
      await Promise.all([
        change.objectStore('facts').put({ savedAt: Date.now(), facts }, facts.id),
        change.objectStore('pictures').put({ levels, labels }, facts.id),
        change.done,
      ]);
    },
    async change(facts) {
      const change = (await opened()).transaction('facts', 'readwrite');
      const before = await change.store.get(facts.id);
      if (before) await change.store.put({ ...before, facts }, facts.id);
      await change.done;
    },
    async remove(id) {
      const change = (await opened()).transaction(['facts', 'pictures'], 'readwrite');
      await Promise.all([
        change.objectStore('facts').delete(id),
        change.objectStore('pictures').delete(id),
        change.done,
      ]);
    },
  };
}
