import { type DBSchema, openDB } from 'idb';

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
  const open = () =>
    openDB<Schema>('ddpm-playground', 1, {
      upgrade: (database) => void database.createObjectStore('training'),
    });
  let database: ReturnType<typeof open> | undefined;
  // A refusal is not kept: the next save asks again.
  const opened = () =>
    (database ??= open().catch((error) => {
      database = undefined;
      throw error;
    }));
  return {
    async save(bundle) {
      await (await opened()).put('training', { savedAt: Date.now(), bundle }, 'latest');
    },
    async load() {
      return (await (await opened()).get('training', 'latest'))?.bundle ?? null;
    },
  };
}
