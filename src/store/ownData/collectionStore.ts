import { createStore } from 'zustand';
import { type Augmentation, largestShift, noAugmentation } from '../../engine/data/augmentation';
import type { LabelledImages } from '../../engine/data/import/buildImages';
import type { Answers, Choice } from '../../engine/data/import/imageSet';
import { type ImportedImage, limits, sentenceOf } from '../../engine/data/import/pixels';
import type { ImageShape } from '../../engine/data/import/resample';
import { newOwnDatasetId, type OwnDataset } from '../../engine/data/ownDataset';
import { type AddressesProgress, addressesOf, fetchAddresses } from '../../engine/files/addresses';
import type { PickedFile } from '../../engine/files/pickedFile';
import { messageOf } from '../../engine/messageOf';
import { longestName, nameProblem, plainName } from '../../engine/names';
import type { ImportConnection } from '../../worker/import/client';
import type { AddedFiles, Appearance, Collected, TellReading } from '../../worker/import/protocol';

/** Sides that halve twice, pixels. */
export const imageSizes = [8, 12, 16, 20, 24, 28, 32, 40, 48, 64] as const;

export interface CollectionState {
  status: 'idle' | 'fetching' | 'reading' | 'saving';
  /** How far the files at addresses have come. */
  fetching: AddressesProgress | null;
  progress: { done: number; total: number } | null;
  /** What the collection holds now, and what its files leave open. */
  found: Collected;
  /** What the user answered to that, by the names of files. */
  answers: Answers;
  /** Images that are taken at most. */
  limit: number;
  appearance: Appearance;
  shape: ImageShape;
  /** The user chose it: more images do not change it. */
  shapeChosen: boolean;
  /** All images, cropped, at the shape; none while there are none, or too many. */
  built: LabelledImages | null;
  /** A sentence for all that was left out. */
  refused: readonly string[];
  problem: string | null;
  title: string;
  augmentation: Augmentation;
}

export interface CollectionActions {
  addFiles(files: readonly PickedFile[]): Promise<void>;
  /** Fetches and adds the files at the addresses of a text; whether all came. Else nothing is added. */
  addAddresses(text: string, suggestion?: string): Promise<boolean>;
  /** Ends the fetching or the reading; what was there before stays. */
  cancelReading(): void;
  /** Adds drawn or captured images; `suggestion` names the data set where it has no name yet. */
  addImages(images: ImportedImage[], suggestion: string): Promise<void>;
  removeImage(index: number): Promise<void>;
  /** What is taken of each image, and how. A size that the user has not chosen goes with it. */
  setAppearance(changes: Partial<Appearance>): Promise<void>;
  /** Corrects what was understood of a file: all files are read once more. */
  answer(name: string, about: Choice['about'], answer: number): Promise<void>;
  /** Reads all files once more, with at most as many images, evenly by class. */
  setLimit(limit: number): Promise<void>;
  setShape(shape: Partial<ImageShape>): Promise<void>;
  setTitle(title: string): void;
  setAugmentation(augmentation: Partial<Augmentation>): void;
  /** Stores the data set; whether that worked. What was collected stays until it did. */
  save(): Promise<boolean>;
  /** Drops everything. */
  discard(): void;
}

export type CollectionStore = CollectionState & CollectionActions;

const empty: CollectionState = {
  status: 'idle',
  fetching: null,
  progress: null,
  found: {
    ...{
      count: 0,
      total: 0,
      suitable: { imageSize: 16, channels: 1 },
      examples: [],
      ranges: [],
      choices: [],
    },
    ...{ hasTransparency: false, tooManyClasses: null },
  },
  answers: {},
  limit: limits.images,
  appearance: { crop: 'centre', background: 'auto', invert: false, transpose: false },
  shape: { imageSize: 16, channels: 1 },
  shapeChosen: false,
  built: null,
  refused: [],
  problem: null,
  title: '',
  augmentation: noAugmentation,
};

/** Images that become a data set, over the worker that reads them and the storage that takes them in. */
export function createCollectionStore(
  connect: () => ImportConnection,
  store: (dataset: OwnDataset) => Promise<void>,
  page: () => string = () => location.href,
) {
  return createStore<CollectionStore>()((set, get) => {
    let connection: ImportConnection | null = null;
    let reads = 0;
    let builds = 0;
    let changing: Promise<void> | null = null;
    let fetches = new AbortController();
    /** What came of addresses before one of them failed. */
    let fetched = new Map<string, Blob>();
    const connected = () => (connection ??= connect());

    /** What the page shows of the collection as it is now. The last call wins. */
    async function build(shape: ImageShape): Promise<void> {
      const call = ++builds;
      const { count } = get().found;
      try {
        const built = count === 0 ? null : await connected().build(shape);
        if (call === builds) set({ built, problem: null });
      } catch (error) {
        if (call === builds) set({ built: null, problem: messageOf(error) });
      }
    }

    /** What fails is for the user, in the dialog. */
    async function attempt(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        set({ problem: messageOf(error) });
      }
    }

    async function take(found: Collected, suggestion: string): Promise<void> {
      const { shapeChosen, title } = get();
      const shape = shapeChosen ? get().shape : found.suitable;
      set({ found, title: title || plainName(suggestion) });
      set(fitting(shape));
      await build(shape);
    }

    /** All images by the appearance that was chosen last: a slider moves on while thousands are cropped. */
    async function changeAll(): Promise<void> {
      let { appearance } = get();
      for (;;) {
        await take(await connected().setAppearance(appearance), '');
        if (appearance === get().appearance) return;
        appearance = get().appearance;
      }
    }

    /** The shape, and the shift kept within what it allows. */
    function fitting(shape: ImageShape): Partial<CollectionState> {
      const { augmentation } = get();
      const shift = Math.min(augmentation.shift, largestShift(shape.imageSize));
      return { shape, augmentation: { ...augmentation, shift } };
    }

    /** Reads what the user chose or corrected, which can be cancelled; whether any image came of it. */
    async function read(
      files: number,
      work: (tell: TellReading) => Promise<AddedFiles>,
      suggestion: string,
      then: Partial<CollectionState>,
    ): Promise<boolean> {
      if (get().status !== 'idle' || files === 0) return false;
      const call = ++reads;
      set({ status: 'reading', progress: { done: 0, total: files }, problem: null });
      try {
        const added = await work((done, total) => {
          if (call === reads) set({ progress: { done, total } });
          return call === reads;
        });
        if (call !== reads) return false;
        const refused = added.leftOut.map(sentenceOf);
        set({ refused });
        if (added.added > 0) {
          set(then);
          await take(added, suggestion);
        } else if (refused.length === 0) set({ problem: nothingAdded(get()) });
        return added.added > 0;
      } catch (error) {
        if (call === reads) set({ problem: messageOf(error) });
        return false;
      } finally {
        if (call === reads) set({ status: 'idle', progress: null });
      }
    }

    const add = (files: readonly PickedFile[], suggestion: string) =>
      read(files.length, (tell) => connected().addFiles(files, get().limit, tell), suggestion, {});

    /** With other answers or another limit; they hold only once it is done. */
    const readAgain = async (changes: Partial<Pick<CollectionState, 'answers' | 'limit'>>) => {
      const { answers, limit } = { ...get(), ...changes };
      await read(1, (tell) => connected().readAgain(answers, limit, tell), '', changes);
    };

    return {
      ...empty,

      addFiles: (files) => add(files, titleOf(files)).then(() => {}),

      async addAddresses(text, suggestion) {
        if (get().status !== 'idle') return false;
        const asked = addressesOf(text, page());
        if ('problem' in asked) {
          set({ problem: asked.problem, refused: [] });
          return false;
        }
        if (asked.addresses.length === 0) return false;
        fetches = new AbortController();
        const { signal } = fetches;
        set({ status: 'fetching', refused: [], problem: null });
        try {
          const tell = (fetching: AddressesProgress) => !signal.aborted && set({ fetching });
          const files = await fetchAddresses(asked.addresses, signal, tell, fetched);
          fetched = new Map();
          set({ status: 'idle', fetching: null });
          return await add(files, suggestion ?? titleOf(files));
        } catch (error) {
          if (!signal.aborted) set({ status: 'idle', fetching: null, problem: messageOf(error) });
          return false;
        }
      },

      cancelReading() {
        const { status } = get();
        if (status !== 'reading' && status !== 'fetching') return;
        reads++;
        fetches.abort();
        set({ status: 'idle', progress: null, fetching: null });
      },

      addImages: (images, suggestion) =>
        attempt(async () => {
          for (const { className } of images) checkName(className ?? '', longestName.className);
          await take(await connected().addImages(images), suggestion);
        }),

      removeImage: (index) => attempt(async () => take(await connected().removeImage(index), '')),

      setAppearance(changes) {
        set({ appearance: { ...get().appearance, ...changes } });
        changing ??= attempt(changeAll).finally(() => {
          changing = null;
        });
        return changing;
      },

      answer(name, about, answer) {
        const { answers } = get();
        return readAgain({ answers: { ...answers, [name]: { ...answers[name], [about]: answer } } });
      },

      setLimit: (limit) => readAgain({ limit }),

      async setShape(changes) {
        const shape = { ...get().shape, ...changes };
        set({ ...fitting(shape), shapeChosen: true });
        await build(shape);
      },

      setTitle: (title) => set({ title }),
      setAugmentation: (changes) => set({ augmentation: { ...get().augmentation, ...changes } }),

      async save() {
        await changing;
        const { built, title, augmentation, status } = get();
        if (!built || status !== 'idle') return false;
        set({ status: 'saving', problem: null });
        try {
          checkName(title, longestName.dataset);
          await store({
            ...built,
            id: newOwnDatasetId(),
            title: plainName(title) || 'My images',
            augmentation,
          });
          get().discard();
          return true;
        } catch (error) {
          set({ status: 'idle', problem: messageOf(error) });
          return false;
        }
      },

      discard() {
        reads++;
        builds++;
        fetches.abort();
        fetched = new Map();
        changing = null;
        connection?.close();
        connection = null;
        set(empty);
      },
    };
  });
}

function nothingAdded({ found, limit }: CollectionState): string {
  return found.count >= limit
    ? `The collection has ${limit.toLocaleString('en')} images already, as many as “Images at most” allows.`
    : 'There is no image in what was chosen. Choose other files.';
}

function checkName(name: string, most: number): void {
  const problem = nameProblem(name, most);
  if (problem !== null) throw new Error(problem);
}

/** The folder that all files lie in, or the name of the one file. */
function titleOf(files: readonly PickedFile[]): string {
  const [first] = files;
  const folder = /^\/?([^/]+)\//.exec(first?.name ?? '')?.[1];
  if (folder && files.every(({ name }) => name.replace(/^\//, '').startsWith(`${folder}/`))) return folder;
  if (files.length > 1 || !first) return 'My images';
  return first.name.replace(/^.*\//, '').replace(/(\.[a-z0-9]{1,5}){1,2}$/i, '') || 'My images';
}
