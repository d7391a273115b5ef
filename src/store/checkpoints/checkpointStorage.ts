import type { DBSchema, IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { crc32 } from '../../engine/checkpoint/crc32';
import { plainName } from '../../engine/names';
import type { ModelConfig } from '../../engine/unet/config';
import { openedDatabase } from '../../worker/openedDatabase';
import { type IsOffered, UndoOffers } from './undoOffers';

/** What is known of a checkpoint without reading it. */
export interface CheckpointFacts {
  id: string;
  name: string;
  /** Title of what it learned. */
  title: string;
  step: number;
  /** Mean of the last hundred losses. */
  loss: number | null;
  /** Height, width and channels of its images. */
  shape: Pick<ModelConfig, 'imageSize' | 'imageChannels'>;
  /** Of its file. */
  bytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Why it cannot be used any more. */
  damage?: string | undefined;
}

/** What the caller knows of a new one. */
export type NewCheckpoint = Omit<CheckpointFacts, 'id' | 'bytes' | 'savedAt' | 'damage'>;

/** Named bundles that outlive the page. Every change happens wholly or not at all. All reject with a message for the user. */
export interface CheckpointStorage {
  /** Newest first; those that cannot be used say so. */
  list(): Promise<CheckpointFacts[]>;
  save(facts: NewCheckpoint, bundle: Uint8Array): Promise<CheckpointFacts>;
  /** The bundle as it was saved. One that is no longer that is marked as damaged, and rejected. */
  load(id: string): Promise<Uint8Array>;
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string, name: string): Promise<CheckpointFacts>;
  /** Takes it from the list; while this tab is open `undelete` brings it back. */
  remove(id: string): Promise<void>;
  undelete(id: string): Promise<void>;
}

const name = v.pipe(v.string(), v.transform(plainName));
const factsSchema = v.object({
  id: v.string(),
  name,
  title: name,
  step: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  loss: v.nullable(v.pipe(v.number(), v.finite())),
  shape: v.object({ imageSize: v.number(), imageChannels: v.number() }),
  bytes: v.number(),
  // No later than any Date can be.
  savedAt: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  damage: v.optional(v.string()),
  crc: v.number(),
  deleted: v.optional(v.boolean(), false),
  deletedAt: v.optional(v.number(), 0),
});
type Row = v.InferOutput<typeof factsSchema>;

interface Schema extends DBSchema {
  facts: { key: string; value: Row };
  bundles: { key: string; value: Uint8Array };
}

/** The checkpoints in the browser's IndexedDB. */
export function browserCheckpoints(databaseName = 'ddpm-playground-checkpoints'): CheckpointStorage {
  const offers = new UndoOffers(databaseName);
  const opened = openedDatabase<Schema>(databaseName, {
    upgrade(created) {
      created.createObjectStore('facts', { keyPath: 'id' });
      created.createObjectStore('bundles');
    },
    prepare: async (database) => purge(database, await offers.all()),
  });

  /** Changes what is known of one. */
  async function change(id: string, changes: Partial<Row>): Promise<void> {
    const { store, done } = (await opened()).transaction('facts', 'readwrite');
    const row = await store.get(id);
    if (row) await store.put({ ...row, ...changes });
    await done;
    if (!row) throw new Error('This checkpoint is gone: another tab has deleted it.');
  }

  async function write(row: Row, bundle: Uint8Array): Promise<CheckpointFacts> {
    const store = async () => {
      const options = { durability: 'strict' } as const;
      const transaction = (await opened()).transaction(['facts', 'bundles'], 'readwrite', options);
      // Where one of them fails, the transaction undoes the other.
      const writes = [
        transaction.objectStore('facts').put(row),
        transaction.objectStore('bundles').put(bundle, row.id),
        transaction.done,
      ];
      await Promise.all(writes);
    };
    try {
      await store();
    } catch (error) {
      if (!isFull(error)) throw error;
      // What was deleted gives its room back first.
      if (!(await purge(await opened(), await offers.ofOthers()))) throw await fullError(bundle.length);
      try {
        await store();
      } catch (again) {
        throw isFull(again) ? await fullError(bundle.length) : again;
      }
    }
    return factsOf(row);
  }

  const named = (id: string, facts: NewCheckpoint, bundle: Uint8Array): Row => ({
    ...facts,
    id,
    bytes: bundle.length,
    savedAt: Date.now(),
    crc: crc32(bundle),
    deleted: false,
    deletedAt: 0,
  });

  async function load(id: string): Promise<Uint8Array> {
    const transaction = (await opened()).transaction(['facts', 'bundles']);
    const [row, bundle] = await Promise.all([
      transaction.objectStore('facts').get(id),
      transaction.objectStore('bundles').get(id),
    ]);
    if (!row) throw new Error('This checkpoint is gone: another tab has deleted it.');
    const damage = damageOf(row, bundle);
    if (damage === null) return bundle as Uint8Array;
    await change(id, { damage });
    throw new Error(`The checkpoint '${row.name}' is damaged and was set aside: ${damage}.`);
  }

  return {
    async list() {
      const { store } = (await opened()).transaction('facts');
      const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return rows
        .map((row, i) => readRow(String(keys[i]), row))
        .filter(({ deleted }) => !deleted)
        .sort((a, b) => b.savedAt - a.savedAt)
        .map(factsOf);
    },
    save: (facts, bundle) => write(named(newId(), facts, bundle), bundle),
    load,
    rename: (id, name) => change(id, { name }),
    async duplicate(id, name) {
      const bundle = await load(id);
      const { title, step, loss, shape } = (await (await opened()).get('facts', id)) as Row;
      return write(named(newId(), { name, title, step, loss, shape }, bundle), bundle);
    },
    async remove(id) {
      await offers.make(id);
      await change(id, { deleted: true, deletedAt: Date.now() });
    },
    async undelete(id) {
      await change(id, { deleted: false });
      offers.takeBack(id);
    },
  };
}

/** A new id; not of crypto.randomUUID, which pages without https do not have. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((word) => word.toString(36)).join('-');
}

/** Deletes for good what was taken from the list, but for what is offered for undo; whether there was anything. */
async function purge(database: IDBPDatabase<Schema>, isOffered: IsOffered): Promise<boolean> {
  const transaction = database.transaction(['facts', 'bundles'], 'readwrite');
  const facts = transaction.objectStore('facts');
  let any = false;
  for (let cursor = await facts.openCursor(); cursor; cursor = await cursor.continue()) {
    if (!cursor.value.deleted || isOffered(cursor.value)) continue;
    any = true;
    await transaction.objectStore('bundles').delete(cursor.key);
    await cursor.delete();
  }
  await transaction.done;
  return any;
}

/** A row that is not as it was written stands in the list as damaged, so that it can be deleted. */
function readRow(id: string, row: unknown): Row {
  const result = v.safeParse(factsSchema, row);
  if (result.success) return result.output;
  const shape = { imageSize: 0, imageChannels: 0 };
  const damage = 'what is known of it cannot be read';
  const unknown = { title: '', step: 0, loss: null, shape, bytes: 0, savedAt: 0, crc: 0 };
  return { ...unknown, id, name: 'Unreadable checkpoint', damage, deleted: false, deletedAt: 0 };
}

function damageOf(row: Row, bundle: unknown): string | null {
  if (!(bundle instanceof Uint8Array)) return 'its file is missing';
  if (bundle.length !== row.bytes) return `its file has ${bundle.length} bytes of ${row.bytes}`;
  return crc32(bundle) === row.crc ? null : 'the checksum of its file is another one';
}

function factsOf({ crc: _, deleted: __, deletedAt: ___, ...facts }: Row): CheckpointFacts {
  return facts;
}

/** Whether the browser gives this page no more room. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

async function fullError(bytes: number): Promise<Error> {
  const megabytes = (count: number) => `${(count / 2 ** 20).toFixed(1)} MB`;
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  const room = quota && usage !== undefined ? ` (${megabytes(usage)} of ${megabytes(quota)} are in use)` : '';
  return new Error(
    `The browser gives this page no more room${room}, and the checkpoint takes ${megabytes(bytes)}. ` +
      'Export checkpoints as files, then delete them here. Nothing was changed.',
  );
}
