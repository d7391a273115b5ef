import type { StateCreator } from 'zustand';
import type { OwnDataset, OwnDatasetId, OwnFacts } from '../../engine/data/ownDataset';
import { messageOf } from '../../engine/messageOf';
import { dataGroup } from '../../settings/groups/page';
import type { DatasetSlice } from '../datasetSlice';
import { askToKeep } from '../keptSafely';
import type { ValuesSlice } from '../valuesSlice';
import type { OwnDatasetStorage } from './storage';

export interface OwnDatasetsState {
  /** By id; also of those that are deleted but that a model may have learned. */
  facts: Readonly<Record<string, OwnFacts>>;
  /** Those whose images are there, in the order in which they came. */
  listed: readonly OwnDatasetId[];
  /** Can still be brought back. */
  deleted: OwnDatasetId | null;
  /** For the user: what the storage refused. */
  problem: string | null;
}

export interface OwnDatasetsSlice {
  ownDatasets: OwnDatasetsState;
  /** Looks up what the storage has: another tab may have added or deleted some. */
  listOwnDatasets(): Promise<void>;
  /** Notes the facts of one that is perhaps deleted. */
  knowOwnDataset(facts: OwnFacts): void;
  /** Its images. Rejects, with a message for the user, where they are not there. */
  readOwnDataset(id: OwnDatasetId): Promise<OwnDataset>;
  /** Stores a new one. Rejects with a message for the user where the storage refuses. */
  keepOwnDataset(dataset: OwnDataset): Promise<void>;
  /** The same, and chooses it. */
  addOwnDataset(dataset: OwnDataset): Promise<void>;
  changeOwnDataset(
    id: OwnDatasetId,
    changes: Partial<Pick<OwnFacts, 'title' | 'augmentation'>>,
  ): Promise<void>;
  /** Can be undone until the next one is deleted, or the page is left. */
  deleteOwnDataset(id: OwnDatasetId): Promise<void>;
  restoreOwnDataset(): Promise<void>;
}

type Needs = ValuesSlice & OwnDatasetsSlice & Pick<DatasetSlice, 'dataset' | 'chooseDataset'>;

/** The slice over a storage: the browser's in the page, any other in a test. */
export function createOwnDatasetsSlice(
  storage: OwnDatasetStorage,
  known: readonly OwnFacts[] = [],
): StateCreator<Needs, [], [], OwnDatasetsSlice> {
  /** What was deleted last, and whether it was the chosen one. */
  let lastDeleted: { dataset: OwnDataset; chosen: boolean } | null = null;
  return (set, get) => {
    const change = (ownDatasets: Partial<OwnDatasetsState>) =>
      set({ ownDatasets: { ...get().ownDatasets, ...ownDatasets } });
    const add = ({ levels: _, labels: __, ...facts }: OwnDataset) => {
      get().knowOwnDataset(facts);
      change({ listed: [...get().ownDatasets.listed.filter((id) => id !== facts.id), facts.id] });
    };

    /** What fails is for the user, in the panel. */
    async function attempt(work: () => Promise<void>): Promise<void> {
      change({ problem: null });
      try {
        await work();
      } catch (error) {
        change({ problem: messageOf(error) });
      }
    }

    return {
      ownDatasets: {
        facts: Object.fromEntries(known.map((facts) => [facts.id, facts])),
        listed: known.map(({ id }) => id),
        deleted: null,
        problem: null,
      },

      async listOwnDatasets() {
        const stored = await storage.list().catch(() => null);
        // That the storage does not work is said when something is asked of it.
        if (!stored) return;
        const facts = Object.fromEntries(stored.map((one) => [one.id, one]));
        change({ facts: { ...get().ownDatasets.facts, ...facts }, listed: stored.map(({ id }) => id) });
      },

      knowOwnDataset(facts) {
        const { facts: before } = get().ownDatasets;
        change({ facts: { ...before, [facts.id]: facts } });
      },

      async readOwnDataset(id) {
        const facts = get().ownDatasets.facts[id];
        const images = await storage.read(id);
        if (!facts || !images) {
          const title = facts ? `“${facts.title}”` : 'this data set';
          throw new Error(`The images of ${title} are no longer in this browser: choose another data set.`);
        }
        return { ...facts, ...images };
      },

      async keepOwnDataset(dataset) {
        try {
          await storage.save(dataset);
        } catch (error) {
          throw new Error(
            `“${dataset.title}” could not be stored in this browser (${messageOf(error)}). Make room, or take fewer or smaller images.`,
          );
        }
        void askToKeep(globalThis.navigator?.storage);
        add(dataset);
      },

      async addOwnDataset(dataset) {
        await get().keepOwnDataset(dataset);
        await get().chooseDataset(dataset.id);
      },

      async changeOwnDataset(id, changes) {
        const before = get().ownDatasets.facts[id];
        if (!before) return;
        await attempt(async () => {
          const facts = { ...before, ...changes };
          await storage.change(facts);
          get().knowOwnDataset(facts);
          // The engine draws its batches anew.
          if (changes.augmentation && get().values.data.dataset === id) await get().chooseDataset(id);
        });
      },

      async deleteOwnDataset(id) {
        await attempt(async () => {
          const dataset = await get()
            .readOwnDataset(id)
            .catch(() => null);
          await storage.remove(id);
          const chosen = get().values.data.dataset === id;
          lastDeleted = dataset && { dataset, chosen };
          const listed = get().ownDatasets.listed.filter((other) => other !== id);
          change({ listed, deleted: dataset && id });
          if (chosen) await get().chooseDataset(dataGroup.defaults.dataset);
        });
      },

      async restoreOwnDataset() {
        const last = lastDeleted;
        if (!last) return;
        await attempt(async () => {
          await storage.save(last.dataset);
          lastDeleted = null;
          change({ deleted: null });
          add(last.dataset);
          if (last.chosen) await get().chooseDataset(last.dataset.id);
        });
      },
    };
  };
}
