import { createStore, type StoreApi } from 'zustand/vanilla';
import { messageOf } from '../../engine/messageOf';
import { longestName, nameProblem, plainName } from '../../engine/names';
import type { Run, RunBody } from './record/run';
import type { KeptRun, RunChange, RunStorage } from './storage/runStorage';

/** What was done last, or why it could not be. */
export interface Message {
  tone: 'good' | 'bad';
  text: string;
  /** Takes it back. */
  undo?: () => Promise<void>;
}

/** Curves over each other that one can still tell apart. */
export const MOST_COMPARED = 10;

export interface RunsState {
  /** Newest first; null before they were read. */
  runs: KeptRun[] | null;
  /** Curves and samples of the runs that are compared, by id. */
  bodies: Readonly<Record<string, RunBody>>;
  /** Ids of the runs that are compared. */
  compared: readonly string[];
  search: string;
  message: Message | null;
  /** Reads the list; the two newest runs are compared at first. */
  open(): Promise<void>;
  say(message: Message | null): void;
  searchFor(text: string): void;
  compare(id: string, on: boolean): Promise<void>;
  compareOnly(ids: readonly string[]): Promise<void>;
  change(id: string, change: RunChange): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What the state needs of the page. */
export interface RunsPlace {
  storage: RunStorage;
  /** The run that was written last. */
  written: Pick<StoreApi<{ run: Run | null; problem: string | null }>, 'subscribe'>;
}

/** The list of runs, and which of them are compared. */
export function createRuns({ storage, written }: RunsPlace) {
  return createStore<RunsState>()((set, get) => {
    const list = async () => set({ runs: await storage.list() });

    /** Does something with the storage; what goes wrong is said. */
    async function doing(work: () => Promise<Message | null>): Promise<void> {
      set({ message: null });
      try {
        set({ message: await work() });
      } catch (error) {
        set({ message: { tone: 'bad', text: messageOf(error) } });
      }
      await list().catch(() => {});
    }

    async function load(ids: readonly string[]): Promise<void> {
      for (const id of ids) {
        if (get().bodies[id]) continue;
        const body = await storage.load(id);
        set({ bodies: { ...get().bodies, [id]: body } });
      }
    }

    const nameOf = (id: string) => get().runs?.find((run) => run.id === id)?.name ?? 'Run';

    written.subscribe(({ run, problem }) => {
      if (run && get().runs !== null) void hear(run, problem);
    });

    /** A run was written, or could not be: then it is shown as long as the page is open. */
    async function hear({ facts, body }: Run, problem: string | null): Promise<void> {
      const { id, name } = facts;
      const isListed = () => get().runs?.some((one) => one.id === id) === true;
      const known = isListed();
      await list().catch(() => {});
      if (problem !== null) {
        const text = `The run “${name}” could not be kept: ${problem}`;
        set({ message: { tone: 'bad', text } });
        if (!isListed())
          set({ runs: [{ id, name, facts, checkpoint: null, bytes: 0 }, ...(get().runs ?? [])] });
      }
      if (!isListed()) return;
      const { bodies, compared } = get();
      set({ bodies: { ...bodies, [id]: body } });
      if (!known && compared.length < MOST_COMPARED) set({ compared: [id, ...compared] });
    }

    return {
      runs: null,
      bodies: {},
      compared: [],
      search: '',
      message: null,

      async open() {
        const first = get().runs === null;
        try {
          await list();
          const sound = (get().runs ?? []).filter(({ facts, damage }) => facts && damage === undefined);
          if (first) await get().compareOnly(sound.slice(0, 2).map(({ id }) => id));
        } catch (error) {
          const text = `The runs in this browser cannot be read: ${messageOf(error)}`;
          set({ runs: get().runs ?? [], message: { tone: 'bad', text } });
        }
      },

      say: (message) => set({ message }),
      searchFor: (search) => set({ search }),

      async compare(id, on) {
        const others = get().compared.filter((one) => one !== id);
        if (!on) return set({ compared: others });
        if (others.length >= MOST_COMPARED) {
          const text = `At most ${MOST_COMPARED} runs can be compared. Clear one of them first.`;
          return set({ message: { tone: 'bad', text } });
        }
        await get().compareOnly([...others, id]);
      },

      async compareOnly(ids) {
        try {
          await load(ids);
          set({ compared: ids });
        } catch (error) {
          set({ message: { tone: 'bad', text: messageOf(error) } });
          await list().catch(() => {});
        }
      },

      change: (id, change) =>
        doing(async () => {
          await storage.change(id, change);
          return null;
        }),

      rename: (id, wanted) =>
        doing(async () => {
          const name = plainName(wanted);
          if (name === '') throw new Error('A run needs a name.');
          const problem = nameProblem(name, longestName.checkpoint);
          if (problem !== null) throw new Error(problem);
          await storage.change(id, { name });
          return null;
        }),

      remove: (id) =>
        doing(async () => {
          const name = nameOf(id);
          const compared = get().compared.includes(id);
          await storage.remove(id);
          set({ compared: get().compared.filter((one) => one !== id) });
          const undo = () =>
            doing(async () => {
              await storage.undelete(id);
              if (compared) set({ compared: [...get().compared, id] });
              return { tone: 'good', text: `“${name}” is back.` };
            });
          return { tone: 'good', text: `Deleted “${name}”.`, undo };
        }),
    };
  });
}

/** The runs that are compared, in the order of the list. */
export function comparedRuns({
  runs,
  bodies,
  compared,
}: Pick<RunsState, 'runs' | 'bodies' | 'compared'>): Run[] {
  return (runs ?? []).flatMap(({ id, facts }) => {
    const body = bodies[id];
    return facts && body && compared.includes(id) ? [{ facts, body }] : [];
  });
}
