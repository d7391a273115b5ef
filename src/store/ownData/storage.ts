import type { DBSchema } from 'idb';
import * as v from 'valibot';
import type { Images } from '../../engine/data/dataset';
import {
  type OwnDataset,
  type OwnDatasetId,
  type OwnFacts,
  ownFactsSchema,
} from '../../engine/data/ownDataset';
import { openedDatabase } from '../../worker/openedDatabase';

/** Keeps the user's own data sets across visits. All reject where the browser refuses. */
export interface OwnDatasetStorage {
  /** The facts of all, in the order in which they came. */
  list(): Promise<OwnFacts[]>;
  /** The images of one; null where they are not there. */
  read(id: OwnDatasetId): Promise<Images | null>;
  /** Adds one, wholly or not at all. */
  save(dataset: OwnDataset): Promise<void>;
  /** Changes what is known of one, but not its images. */
  change(facts: OwnFacts): Promise<void>;
  remove(id: OwnDatasetId): Promise<void>;
}

const keptFacts = v.object({ savedAt: v.fallback(v.number(), 0), facts: ownFactsSchema });
interface KeptFacts {
  savedAt: number;
  facts: OwnFacts;
}

interface Schema extends DBSchema {
  facts: { key: OwnDatasetId; value: KeptFacts };
  pictures: { key: OwnDatasetId; value: Images };
}

/** The storage in the browser's IndexedDB. */
export function browserOwnDatasets(): OwnDatasetStorage {
  const opened = openedDatabase<Schema>('ddpm-playground-data', {
    upgrade(created) {
      created.createObjectStore('facts');
      created.createObjectStore('pictures');
    },
  });
  return {
    async list() {
      const rows = await (await opened()).getAll('facts');
      // A row that is not sound takes no other with it.
      const kept = rows.flatMap((row: unknown) => {
        const result = v.safeParse(keptFacts, row);
        return result.success ? [result.output] : [];
      });
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
