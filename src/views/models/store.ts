import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InferredConfig, MissingConfig } from '../../engine/checkpoint/stateDictFile';
import { formatBytes } from '../../engine/formatBytes';
import { messageOf } from '../../engine/messageOf';
import { longestName, nameProblem, plainName } from '../../engine/names';
import type { CheckpointFacts, CheckpointStorage } from '../../store/checkpoints/checkpointStorage';
import type { FactsNeeds } from '../../store/datasetFacts';
import type { KeptSafely } from '../../store/keptSafely';
import type { ModelFilesSlice } from '../../store/modelFilesSlice';
import type { TrainingSlice } from '../../store/trainingSlice';
import { hasTrained } from '../../store/trainingState';
import type { ValuesSlice } from '../../store/valuesSlice';
import { counted } from '../../ui/counted';
import type { ExportForm, ImportedModel } from '../../worker/protocol';
import { checkpointName, freeName, importedWords, learnedTitle, modelFileName } from './modelWords';

/** What was done last, or why it could not be. */
export interface Message {
  tone: 'good' | 'bad';
  text: string;
  /** Takes it back. */
  undo?: 'import' | 'delete';
}

/** A file that waits for what its shapes do not tell. */
export interface WaitingFile {
  name: string;
  file: Blob;
  inferred: InferredConfig;
}

export interface ModelsState {
  /** What is under way: one at a time. */
  busy: 'export' | 'import' | 'save' | 'load' | 'change' | null;
  /** About files, and about checkpoints. */
  fileMessage: Message | null;
  checkpointMessage: Message | null;
  waiting: WaitingFile | null;
  /** Null before they were read. */
  checkpoints: CheckpointFacts[] | null;
  /** Whether the browser has promised not to clear them. */
  kept: KeptSafely;
}

export interface ModelsStore extends ModelsState {
  /** `withImages`: a bundle takes the images that it learned along. */
  exportFile(form: ExportForm, withImages?: boolean): Promise<void>;
  /** The model of a file takes the place of the one in training, which can be brought back. */
  importFile(file: File): Promise<void>;
  /** Goes on with a file whose shapes did not tell all, or (null) leaves it. */
  completeImport(missing: MissingConfig | null): Promise<void>;
  /** `where` it is said. */
  undoImport(where: 'fileMessage' | 'checkpointMessage'): Promise<void>;
  listCheckpoints(): Promise<void>;
  /** Without a name it gets one that says what it is. */
  saveCheckpoint(name: string): Promise<void>;
  loadCheckpoint(id: string): Promise<void>;
  exportCheckpoint(id: string): Promise<void>;
  renameCheckpoint(id: string, name: string): Promise<void>;
  duplicateCheckpoint(id: string): Promise<void>;
  deleteCheckpoint(id: string): Promise<void>;
  undoDelete(): Promise<void>;
}

/** What the store needs of the page, and of the browser. */
export interface ModelsSurroundings {
  page: Pick<
    StoreApi<
      Pick<ModelFilesSlice, 'exportModel' | 'importModel' | 'inspectModel'> &
        Pick<TrainingSlice, 'training'> &
        Pick<ValuesSlice, 'values'> &
        FactsNeeds
    >,
    'getState'
  >;
  storage: CheckpointStorage;
  download(fileName: string, bytes: Uint8Array, type: string): void;
  /** Asks the browser not to clear what this page keeps, and what it has said before. */
  askToKeep(): Promise<KeptSafely>;
  isKept(): Promise<KeptSafely>;
}

const FILE_LIMIT = 2 ** 30;
const FILE_TYPE = 'application/octet-stream';

/** Files and checkpoints of models. */
export function createModelsStore({ page, storage, download, askToKeep, isKept }: ModelsSurroundings) {
  return createStore<ModelsStore>()((set, get) => {
    /** The model before an import, and what is taken from the list: for undo. */
    let replaced: Blob | null = null;
    let deleted: CheckpointFacts | null = null;

    /** Does one thing at a time; what goes wrong is said where it was asked for. */
    async function doing(
      busy: NonNullable<ModelsState['busy']>,
      where: 'fileMessage' | 'checkpointMessage',
      work: () => Promise<Message | null>,
    ): Promise<void> {
      if (get().busy) return;
      set({ busy, [where]: null });
      try {
        set({ [where]: await work() });
      } catch (error) {
        set({ [where]: { tone: 'bad', text: messageOf(error) } });
      } finally {
        set({ busy: null });
      }
    }

    /** The model in training, for undo; none where nobody would miss it. */
    async function current(): Promise<Blob | null> {
      if (!hasTrained(page.getState().training)) return null;
      return blobOf((await page.getState().exportModel({ kind: 'bundle' })).bytes);
    }

    async function bring(name: string, bring: () => Promise<ImportedModel>): Promise<Message> {
      const before = await current();
      const model = await bring();
      replaced = before;
      const text = [importedWords(name, model, page.getState()), ...model.notices].join(' ');
      const tone = model.notices.length > 0 ? 'bad' : 'good';
      return { tone, text, ...(before && { undo: 'import' as const }) };
    }

    const importing = (name: string, file: Blob, missing?: MissingConfig) =>
      bring(name, () => page.getState().importModel(file, missing)).catch((error) => {
        throw new Error(`“${name}” cannot be opened: ${messageOf(error)}${stays()}`);
      });
    const stays = () => (page.getState().training.model ? ' The model in training stays as it is.' : '');

    const names = () => (get().checkpoints ?? []).map(({ name }) => name);
    const found = (id: string) => {
      const checkpoint = get().checkpoints?.find((one) => one.id === id);
      if (!checkpoint) throw new Error('This checkpoint is gone.');
      return checkpoint;
    };
    const list = async () => set({ checkpoints: await storage.list() });
    /** A change of the checkpoints; the list shows how they stand after it, whether it worked or not. */
    const changing = (busy: 'save' | 'load' | 'change', work: () => Promise<Message | null>) =>
      doing(busy, 'checkpointMessage', () => work().finally(() => list().catch(() => {})));

    return {
      busy: null,
      fileMessage: null,
      checkpointMessage: null,
      waiting: null,
      checkpoints: null,
      kept: null,

      exportFile: (form, withImages) =>
        doing('export', 'fileMessage', async () => {
          const model = await page.getState().exportModel(form, withImages);
          const title = learnedTitle(page.getState());
          const name = modelFileName({ title, step: model.step }, form);
          download(name, model.bytes, FILE_TYPE);
          return { tone: 'good', text: `Exported ${name}, ${formatBytes(model.bytes.length)}.` };
        }),

      importFile: (file) =>
        doing('import', 'fileMessage', async () => {
          set({ waiting: null });
          const name = plainName(file.name);
          if (file.size > FILE_LIMIT) {
            const sizes = `${formatBytes(file.size)}; at most ${formatBytes(FILE_LIMIT)}`;
            throw new Error(`“${name}” takes ${sizes} are read.${stays()}`);
          }
          const inferred = await page
            .getState()
            .inspectModel(file)
            .catch((error) => {
              throw new Error(`“${name}” cannot be opened: ${messageOf(error)}${stays()}`);
            });
          if (!inferred) return importing(name, file);
          set({ waiting: { name, file, inferred } });
          return null;
        }),

      async completeImport(missing) {
        const { waiting } = get();
        if (!waiting) return;
        if (!missing) return set({ waiting: null });
        await doing('import', 'fileMessage', async () => {
          const message = await importing(waiting.name, waiting.file, missing);
          set({ waiting: null });
          return message;
        });
      },

      undoImport: (where) =>
        doing('import', where, async () => {
          if (!replaced) return null;
          const { step, notices } = await page.getState().importModel(replaced);
          replaced = null;
          const text = `The model before is back, as it was after ${counted(step, 'step')}.`;
          return { tone: notices.length > 0 ? 'bad' : 'good', text: [text, ...notices].join(' ') };
        }),

      async listCheckpoints() {
        try {
          await list();
          set({ kept: await isKept() });
        } catch (error) {
          const text = `The checkpoints in this browser cannot be read: ${messageOf(error)}`;
          set({ checkpoints: [], checkpointMessage: { tone: 'bad', text } });
        }
      },

      saveCheckpoint: (wanted) =>
        changing('save', async () => {
          const { bytes, config, step, loss } = await page.getState().exportModel({ kind: 'bundle' });
          const title = learnedTitle(page.getState());
          const name =
            plainName(wanted) === ''
              ? checkpointName({ title, step }, names())
              : freeName(checkedName(wanted), names());
          const { imageSize, imageChannels } = config;
          await storage.save({ name, title, step, loss, shape: { imageSize, imageChannels } }, bytes);
          // Firefox asks the visitor, who may take any time to answer.
          void askToKeep().then((kept) => set({ kept }));
          return { tone: 'good', text: `Saved “${name}”, ${formatBytes(bytes.length)}.` };
        }),

      loadCheckpoint: (id) =>
        changing('load', async () => {
          const file = blobOf(await storage.load(id));
          const { name } = found(id);
          return bring(name, () => page.getState().importModel(file));
        }),

      exportCheckpoint: (id) =>
        changing('load', async () => {
          const bytes = await storage.load(id);
          const name = modelFileName(found(id), { kind: 'bundle' });
          download(name, bytes, FILE_TYPE);
          return { tone: 'good', text: `Exported ${name}, ${formatBytes(bytes.length)}.` };
        }),

      renameCheckpoint: (id, wanted) =>
        changing('change', async () => {
          const checked = checkedName(wanted);
          if (checked === found(id).name) return null;
          const name = freeName(checked, names());
          await storage.rename(id, name);
          return name === checked
            ? null
            : { tone: 'good', text: `“${checked}” is taken: this one is “${name}”.` };
        }),

      duplicateCheckpoint: (id) =>
        changing('change', async () => {
          const name = freeName(found(id).name, names());
          await storage.duplicate(id, name);
          return { tone: 'good', text: `“${name}” is a copy.` };
        }),

      deleteCheckpoint: (id) =>
        changing('change', async () => {
          const checkpoint = found(id);
          await storage.remove(id);
          deleted = checkpoint;
          return { tone: 'good', text: `Deleted “${checkpoint.name}”.`, undo: 'delete' };
        }),

      undoDelete: () =>
        changing('change', async () => {
          if (!deleted) return null;
          const { id, name } = deleted;
          await storage.undelete(id);
          deleted = null;
          return { tone: 'good', text: `“${name}” is back.` };
        }),
    };
  });
}

/** The browser holds its bytes, outside of the page's memory. */
function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

function checkedName(wanted: string): string {
  const name = plainName(wanted);
  if (name === '') throw new Error('A checkpoint needs a name.');
  const problem = nameProblem(name, longestName.checkpoint);
  if (problem !== null) throw new Error(problem);
  return name;
}
