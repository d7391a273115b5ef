import type { DBSchema, IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { crc32 } from '../../../engine/checkpoint/crc32';
import { isFull } from '../../../store/checkpoints/checkpointStorage';
import { type IsOffered, UndoOffers } from '../../../store/checkpoints/undoOffers';
import { openedDatabase } from '../../../worker/openedDatabase';
import { withQuality } from '../record/keptQuality';
import {
  bodyFromBytes,
  bodyToBytes,
  factsSchema,
  type RunBody,
  type RunFacts,
  type RunQuality,
} from '../record/run';
import { type Budget, beyondBudget, pageBudget } from './budget';

/** A run in the list. */
export interface KeptRun {
  id: string;
  name: string;
  /** Null where they cannot be read: then `damage` says so. */
  facts: RunFacts | null;
  /** The step and size of its checkpoint, where one is kept. */
  checkpoint: { step: number; bytes: number } | null;
  /** Of its curves and samples. */
  bytes: number;
  damage?: string | undefined;
}

/** What the user may change of a run. */
export type RunChange = Partial<Pick<RunFacts, 'name' | 'pinned' | 'colour'>>;

/** Runs that outlive the page. Every change happens wholly or not at all. All reject with a message for the user. */
export interface RunStorage {
  /** Newest first. */
  list(): Promise<KeptRun[]>;
  /** Puts a new run, or one as it stands now; what the user changed of it stays. False where it was deleted meanwhile. */
  save(facts: RunFacts, body: RunBody, isNew: boolean): Promise<boolean>;
  /** The curves and samples as they were saved. Those that are no longer that are marked as damaged, and rejected. */
  load(id: string): Promise<RunBody>;
  change(id: string, change: RunChange): Promise<void>;
  /** Adds what was measured of its samples; later saves keep it. */
  addQuality(id: string, quality: RunQuality): Promise<void>;
  keepCheckpoint(id: string, step: number, bundle: Uint8Array): Promise<void>;
  loadCheckpoint(id: string): Promise<Uint8Array>;
  /** Takes it from the list; while this tab is open `undelete` brings it back. */
  remove(id: string): Promise<void>;
  undelete(id: string): Promise<void>;
}

const rowSchema = v.object({
  id: v.string(),
  facts: factsSchema,
  crc: v.number(),
  bytes: v.number(),
  checkpoint: v.nullable(v.object({ step: v.number(), bytes: v.number(), crc: v.number() })),
  deleted: v.boolean(),
  deletedAt: v.number(),
  damage: v.optional(v.string()),
});
type Row = v.InferOutput<typeof rowSchema>;

interface Schema extends DBSchema {
  rows: { key: string; value: Row };
  bodies: { key: string; value: Uint8Array };
  checkpoints: { key: string; value: Uint8Array };
}
const STORES = ['rows', 'bodies', 'checkpoints'] as const;
const GONE = 'This run is gone: another tab has deleted it.';

/** The runs in the browser's IndexedDB. */
export function browserRuns(databaseName = 'ddpm-playground-runs', budget: Budget = pageBudget): RunStorage {
  const offers = new UndoOffers(databaseName);
  const opened = openedDatabase<Schema>(databaseName, {
    upgrade(created) {
      created.createObjectStore('rows', { keyPath: 'id' });
      for (const store of ['bodies', 'checkpoints'] as const) created.createObjectStore(store);
    },
    prepare: async (database) => purge(database, await offers.all()),
  });

  /** Where the browser has no room, what was deleted gives its room back first. */
  async function withRoom<Result>(bytes: number, write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } catch (error) {
      if (!isFull(error)) throw error;
      if (!(await purge(await opened(), await offers.ofOthers()))) throw fullError(bytes);
      return write().catch((again) => {
        throw isFull(again) ? fullError(bytes) : again;
      });
    }
  }

  /** Makes a new row of the one that is there, together with what else is written; false where there is none. */
  async function update(
    id: string,
    change: (row: Row | undefined) => Row | undefined,
    parts: Partial<Record<'bodies' | 'checkpoints', Uint8Array>> = {},
  ): Promise<boolean> {
    const transaction = (await opened()).transaction(STORES, 'readwrite', { durability: 'strict' });
    try {
      const row = change(await transaction.objectStore('rows').get(id));
      if (row) await transaction.objectStore('rows').put(row);
      for (const [store, bytes] of row ? Object.entries(parts) : [])
        await transaction.objectStore(store as keyof typeof parts).put(bytes, id);
      await transaction.done;
      return row !== undefined;
    } catch (error) {
      // Where one of them fails, the others are undone.
      transaction.done.catch(() => {});
      abort(transaction);
      throw error;
    }
  }

  async function change(id: string, of: (row: Row) => Partial<Row>): Promise<void> {
    if (!(await update(id, (row) => row && { ...row, ...of(row) }))) throw new Error(GONE);
  }

  /** Lets the oldest go that are not pinned, but not the one that was just written. */
  async function keepBudget(written: string): Promise<void> {
    const transaction = (await opened()).transaction(STORES, 'readwrite');
    const rows = (await transaction.objectStore('rows').getAll()).filter(({ deleted }) => !deleted);
    const kept = rows.map(({ id, facts, bytes, checkpoint }) => ({
      id,
      bytes,
      pinned: facts.pinned || id === written,
      updatedAt: facts.updatedAt,
      checkpointBytes: checkpoint?.bytes ?? 0,
    }));
    const beyond = beyondBudget(kept, budget);
    for (const id of beyond.runs) for (const store of STORES) await transaction.objectStore(store).delete(id);
    for (const row of rows.filter(({ id }) => beyond.checkpoints.includes(id))) {
      await transaction.objectStore('checkpoints').delete(row.id);
      await transaction.objectStore('rows').put({ ...row, checkpoint: null });
    }
    await transaction.done;
  }

  /** The bytes of a run, as they were written. */
  async function intact(
    id: string,
    store: 'bodies' | 'checkpoints',
    crcOf: (row: Row) => number | undefined,
  ): Promise<Uint8Array> {
    const transaction = (await opened()).transaction(STORES);
    const [row, bytes] = await Promise.all([
      transaction.objectStore('rows').get(id),
      transaction.objectStore(store).get(id),
    ]);
    if (!row) throw new Error(GONE);
    if (bytes instanceof Uint8Array && crc32(bytes) === crcOf(row)) return bytes;
    const is = bytes instanceof Uint8Array;
    const damage =
      store === 'bodies'
        ? `its curves ${is ? 'have another checksum' : 'are missing'}`
        : `its checkpoint ${is ? 'has another checksum' : 'is missing'}`;
    if (store === 'bodies') await change(id, () => ({ damage }));
    throw new Error(`The run “${row.facts.name}” is damaged: ${damage}.`);
  }

  return {
    async list() {
      const rows = await (await opened()).getAll('rows');
      return rows
        .map(keptRun)
        .filter((run) => run !== null)
        .sort((a, b) => (b.facts?.startedAt ?? 0) - (a.facts?.startedAt ?? 0));
    },

    async save(facts, body, isNew) {
      const bytes = bodyToBytes(body);
      const written = { id: facts.id, bytes: bytes.length, crc: crc32(bytes) };
      const fresh = { checkpoint: null, deleted: false, deletedAt: 0 };
      const saved = await withRoom(bytes.length, () =>
        update(
          facts.id,
          (row) => {
            if (!row) return isNew ? { ...fresh, ...written, facts } : undefined;
            const { name, pinned, colour, quality = [] } = row.facts;
            return { ...row, ...written, facts: { ...facts, name, pinned, colour, quality } };
          },
          { bodies: bytes },
        ),
      );
      if (saved) await keepBudget(facts.id);
      return saved;
    },

    load: async (id) => bodyFromBytes(await intact(id, 'bodies', ({ crc }) => crc)),
    change: (id, changes) => change(id, ({ facts }) => ({ facts: { ...facts, ...changes } })),

    addQuality: (id, quality) =>
      change(id, ({ facts }) => ({
        facts: { ...facts, quality: withQuality(facts.quality ?? [], quality) },
      })),

    async keepCheckpoint(id, step, bundle) {
      const checkpoint = { step, bytes: bundle.length, crc: crc32(bundle) };
      await withRoom(bundle.length, () =>
        update(id, (row) => row && { ...row, checkpoint }, { checkpoints: bundle }),
      );
      await keepBudget(id);
    },

    loadCheckpoint: (id) => intact(id, 'checkpoints', ({ checkpoint }) => checkpoint?.crc),

    async remove(id) {
      await offers.make(id);
      await change(id, () => ({ deleted: true, deletedAt: Date.now() }));
    },

    async undelete(id) {
      await change(id, () => ({ deleted: false }));
      offers.takeBack(id);
    },
  };
}

/** Undoes a transaction that may have ended. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** Deletes for good what was taken from the list, but for what is offered for undo; whether there was anything. */
async function purge(database: IDBPDatabase<Schema>, isOffered: IsOffered): Promise<boolean> {
  const transaction = database.transaction(STORES, 'readwrite');
  let any = false;
  for (const row of await transaction.objectStore('rows').getAll()) {
    if (!row.deleted || isOffered(row)) continue;
    any = true;
    for (const store of STORES) await transaction.objectStore(store).delete(row.id);
  }
  await transaction.done;
  return any;
}

/** A row as the list has it, one that is not as it was written as damaged; null where it is deleted. */
function keptRun(row: unknown): KeptRun | null {
  const { success, output } = v.safeParse(rowSchema, row);
  if (success) {
    const { id, facts, checkpoint, bytes, damage, deleted } = output;
    const kept = checkpoint && { step: checkpoint.step, bytes: checkpoint.bytes };
    return deleted ? null : { id, name: facts.name, facts, checkpoint: kept, bytes, damage };
  }
  const { id, deleted } = row as Partial<Row>;
  if (deleted) return null;
  const damage = 'what is known of it cannot be read';
  return { id: String(id), name: 'Unreadable run', facts: null, checkpoint: null, bytes: 0, damage };
}

function fullError(bytes: number): Error {
  return new Error(
    `The browser gives this page no more room, and the run takes ${(bytes / 2 ** 20).toFixed(1)} MB. ` +
      'Delete runs here, or checkpoints under Models. Nothing was changed.',
  );
}
