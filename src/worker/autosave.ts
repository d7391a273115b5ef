import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { crc32 } from '../engine/checkpoint/crc32';
import { CheckpointError } from '../engine/checkpoint/model';

/** Keeps one training bundle across visits, and the one before it. */
export interface Autosave {
  /** Takes the place of what was saved before, wholly or not at all. Rejects where the browser refuses. */
  save(bundle: Uint8Array): Promise<void>;
  /** What was saved last; null where there is nothing. Rejects with a CheckpointError where it is not as it was saved. */
  load(): Promise<Uint8Array | null>;
  /** What was saved last is of no use: keeps it aside, and gives what was saved before it, as `load` does. */
  setAside(): Promise<Uint8Array | null>;
}

interface Saved {
  savedAt: number;
  bundle: Uint8Array;
  /** Of the bundle; none of those that were saved before there were checksums. */
  crc?: number;
}

interface Schema extends DBSchema {
  training: { key: 'latest' | 'before' | 'damaged'; value: Saved };
}

const LOCK = 'ddpm-playground-autosave';

/**
 * The autosave in the browser's IndexedDB. Of several tabs only one saves: that which saved first, for as long as it is open;
 * and none takes the place of a bundle that it has not seen.
 */
export function browserAutosave(): Autosave {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  /** When what this tab knows of was saved: it loaded it, or saved it itself. None before it did either. */
  let known: number | null | undefined;
  let owner = false;
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
      owner ||= await becomeOwner();
      if (!owner) throw new Error('another tab of this page is open and saves its model there');
      const crc = crc32(bundle);
      const transaction = (await opened()).transaction('training', 'readwrite', { durability: 'strict' });
      const latest = await transaction.store.get('latest');
      if (latest && known !== undefined && latest.savedAt !== known) {
        throw new Error(
          'another tab of this page has saved its model there meanwhile: reload to go on with that one',
        );
      }
      const savedAt = Math.max(Date.now(), (known ?? 0) + 1);
      if (latest) await transaction.store.put(latest, 'before');
      await transaction.store.put({ savedAt, bundle, crc }, 'latest');
      await transaction.done;
      known = savedAt;
    },
    async load() {
      const latest = await (await opened()).get('training', 'latest');
      known = latest?.savedAt ?? null;
      return latest ? intact(latest) : null;
    },
    async setAside() {
      const transaction = (await opened()).transaction('training', 'readwrite');
      const [latest, before] = [await transaction.store.get('latest'), await transaction.store.get('before')];
      if (latest) await transaction.store.put(latest, 'damaged');
      await transaction.store.delete('latest');
      await transaction.store.delete('before');
      if (before) await transaction.store.put(before, 'latest');
      await transaction.done;
      known = before?.savedAt ?? null;
      return before ? intact(before) : null;
    },
  };
}

/** Tells of a disk that changed what it kept, where the numbers still look sound. */
function intact({ bundle, crc }: Saved): Uint8Array {
  if (!(bundle instanceof Uint8Array)) throw new CheckpointError('its bytes are missing');
  if (crc !== undefined && crc32(bundle) !== crc) throw new CheckpointError('its checksum is another one');
  return bundle;
}

/** Whether this tab may save from now on. Where the browser has no locks, every one may. */
function becomeOwner(): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(LOCK, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Held until the worker ends.
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(reject);
  });
}
