import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Keeps one training bundle across visits. */
export interface Autosave {
  /** Takes the place of what was saved before, wholly or not at all. Rejects where the browser refuses. */
  save(bundle: Uint8Array): Promise<void>;
  /** What was saved last; null where there is nothing. */
  load(): Promise<Uint8Array | null>;
}

interface Schema extends DBSchema {
  training: { key: 'latest'; value: { savedAt: number; bundle: Uint8Array } };
}

/** The autosave in the browser's IndexedDB. */
export function browserAutosave(): Autosave {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    database = undefined;
  };
  const open = () =>
    openDB<Schema>('ddpm-playground', 1, {
      upgrade: (created) => void created.createObjectStore('training'),
      // A page in another tab wants to delete or change it: it must not wait for this one.
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  // A refusal is not kept: the next save asks again.
  const opened = () => {
    database ??= open();
    database.catch(forget);
    return database;
  };
  return {
    async save(bundle) {
      await (await opened()).put('training', { savedAt: Date.now(), bundle }, 'latest');
    },
    async load() {
      return (await (await opened()).get('training', 'latest'))?.bundle ?? null;
    },
  };
}
