import type { DBSchema } from 'idb';
import { crc32 } from '../engine/checkpoint/crc32';
import { CheckpointError } from '../engine/checkpoint/model';
import { openedDatabase } from './openedDatabase';

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

/**
 * Keys in the order of their saves. Their names tell which is the newest without reading any: what is large is written once and
 * never copied. `before` and `latest` are those of earlier versions of the page.
 */
type Key = 'before' | 'latest' | `saved-${string}`;

interface Schema extends DBSchema {
  training: { key: Key | 'damaged'; value: Saved };
}

const LOCK = 'ddpm-playground-autosave';

/**
 * The autosave in the browser's IndexedDB. Of several tabs only one saves: that which saved first, for as long as it is open;
 * and none takes the place of a bundle that it has not seen.
 */
export function browserAutosave(): Autosave {
  /** Of what this tab knows of: it loaded it, or saved it itself. Null where there was nothing; none before it did either. */
  let known: Key | null | undefined;
  let owner = false;
  const opened = openedDatabase<Schema>('ddpm-playground', {
    upgrade: (created) => void created.createObjectStore('training'),
  });
  return {
    async save(bundle) {
      const crc = crc32(bundle);
      owner ||= await becomeOwner();
      if (!owner) throw new Error('another tab of this page is open and saves its model there');
      const { store, done } = (await opened()).transaction('training', 'readwrite', { durability: 'strict' });
      const keys = inOrder(await store.getAllKeys());
      const newest = keys.at(-1) ?? null;
      if (newest !== null && known !== undefined && newest !== known) {
        throw new Error(
          'another tab of this page has saved its model there meanwhile: reload to go on with that one',
        );
      }
      const savedAt = Math.max(Date.now(), timeOf(newest) + 1);
      const key: Key = `saved-${String(savedAt).padStart(TIME_DIGITS, '0')}`;
      // Together, so that where the browser refuses, nobody misses an error.
      await Promise.all([
        ...keys.slice(0, -1).map((old) => store.delete(old)),
        store.put({ savedAt, bundle, crc }, key),
        done,
      ]);
      known = key;
    },
    async load() {
      const { store } = (await opened()).transaction('training');
      known = inOrder(await store.getAllKeys()).at(-1) ?? null;
      return known === null ? null : intact(await store.get(known));
    },
    async setAside() {
      const { store, done } = (await opened()).transaction('training', 'readwrite');
      const keys = inOrder(await store.getAllKeys());
      const [before, newest] = [keys.at(-2) ?? null, keys.at(-1)];
      const [damaged, saved] = await Promise.all([newest && store.get(newest), before && store.get(before)]);
      await Promise.all([damaged && store.put(damaged, 'damaged'), newest && store.delete(newest), done]);
      known = before;
      return before === null ? null : intact(saved ?? undefined);
    },
  };
}

/** Digits of a time in a key: milliseconds of all dates that can be. */
const TIME_DIGITS = 16;

/** The keys of saves, oldest first. */
function inOrder(keys: (Key | 'damaged')[]): Key[] {
  return keys.filter((key) => key !== 'damaged').sort() as Key[];
}

/** When a save was made; 0 where its key does not say. */
function timeOf(key: Key | null): number {
  return Number(/^saved-(\d+)$/.exec(key ?? '')?.[1] ?? 0);
}

/** Tells of a disk that changed what it kept, where the numbers still look sound. */
function intact(saved: Saved | undefined): Uint8Array {
  const { bundle, crc } = saved ?? {};
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
