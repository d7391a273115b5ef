import { createStore } from 'zustand';
import { type Augmentation, largestShift, noAugmentation } from '../../engine/data/augmentation';
import type { BuiltPictures } from '../../engine/data/import/buildDataset';
import type { Crop } from '../../engine/data/import/crop';
import type { Bitmap, ImportedPicture } from '../../engine/data/import/pixels';
import type { PictureShape } from '../../engine/data/import/resample';
import { newOwnDatasetId, type OwnDataset } from '../../engine/data/ownDataset';
import type { ImportConnection } from '../../worker/import/client';
import type { Collected, PickedFile } from '../../worker/import/protocol';
import { messageOf } from '../editing';
import { type AddressesProgress, addressesOf, fetchAddresses } from './addresses';

/** Sides that halve twice, pixels. */
export const imageSizes = [8, 12, 16, 20, 24, 28, 32, 40, 48, 64] as const;

export interface CollectionState {
  status: 'idle' | 'fetching' | 'reading' | 'saving';
  /** How far the files at addresses have come. */
  fetching: AddressesProgress | null;
  progress: { done: number; total: number } | null;
  count: number;
  /** The first pictures as they came, to try a crop on. */
  examples: readonly Bitmap[];
  crop: Crop;
  shape: PictureShape;
  /** The user chose it: more pictures do not change it. */
  shapeChosen: boolean;
  /** All pictures, cropped, at the shape; none while there are none, or too many. */
  built: BuiltPictures | null;
  /** A sentence for every file of the last addition that was left out. */
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
  /** Adds drawn or captured pictures; `suggestion` names the data set where it has no name yet. */
  addPictures(pictures: ImportedPicture[], suggestion: string): Promise<void>;
  removePicture(index: number): Promise<void>;
  /** What is taken of each picture. A size that the user has not chosen goes with it. */
  setCrop(crop: Crop): Promise<void>;
  setShape(shape: Partial<PictureShape>): Promise<void>;
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
  count: 0,
  examples: [],
  crop: 'centre',
  shape: { imageSize: 16, channels: 1 },
  shapeChosen: false,
  built: null,
  refused: [],
  problem: null,
  title: '',
  augmentation: noAugmentation,
};

/** Pictures that become a data set, over the worker that reads them and the storage that takes them in. */
export function createCollectionStore(
  connect: () => ImportConnection,
  store: (dataset: OwnDataset) => Promise<void>,
  page: () => string = () => location.href,
) {
  return createStore<CollectionStore>()((set, get) => {
    let connection: ImportConnection | null = null;
    let reads = 0;
    let builds = 0;
    let cropping: Promise<void> | null = null;
    let fetches = new AbortController();
    /** What came of addresses before one of them failed. */
    let fetched = new Map<string, Blob>();
    const connected = () => (connection ??= connect());

    /** What the page shows of the collection as it is now. The last call wins. */
    async function build(shape: PictureShape): Promise<void> {
      const call = ++builds;
      const { count } = get();
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

    async function take({ count, suitable, examples }: Collected, suggestion: string): Promise<void> {
      const { shapeChosen, title } = get();
      const shape = shapeChosen ? get().shape : suitable;
      set({ count, examples, title: title || suggestion });
      set(fitting(shape));
      await build(shape);
    }

    /** All pictures by the crop that was chosen last: a slider moves on while thousands are cropped. */
    async function cropAll(): Promise<void> {
      let { crop } = get();
      for (;;) {
        await take(await connected().setCrop(crop), '');
        if (crop === get().crop) return;
        crop = get().crop;
      }
    }

    /** The shape, and the shift kept within what it allows. */
    function fitting(shape: PictureShape): Partial<CollectionState> {
      const { augmentation } = get();
      const shift = Math.min(augmentation.shift, largestShift(shape.imageSize));
      return { shape, augmentation: { ...augmentation, shift } };
    }

    /** Whether any picture came of the files. */
    async function read(files: readonly PickedFile[], suggestion: string): Promise<boolean> {
      if (get().status !== 'idle' || files.length === 0) return false;
      const call = ++reads;
      set({ status: 'reading', progress: { done: 0, total: files.length }, refused: [], problem: null });
      try {
        const added = await connected().addFiles(files, (done, total) => {
          if (call === reads) set({ progress: { done, total } });
          return call === reads;
        });
        if (call !== reads) return false;
        set({ refused: added.refused });
        if (added.added > 0) await take(added, suggestion);
        else if (added.refused.length === 0)
          set({ problem: 'There is no picture in what was chosen. Choose others.' });
        return added.added > 0;
      } catch (error) {
        if (call === reads) set({ problem: messageOf(error) });
        return false;
      } finally {
        if (call === reads) set({ status: 'idle', progress: null });
      }
    }

    return {
      ...empty,

      addFiles: (files) => read(files, titleOf(files)).then(() => {}),

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
          return await read(files, suggestion ?? titleOf(files));
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

      addPictures: (pictures, suggestion) =>
        attempt(async () => take(await connected().addPictures(pictures), suggestion)),

      removePicture: (index) => attempt(async () => take(await connected().removePicture(index), '')),

      setCrop(crop) {
        set({ crop });
        cropping ??= attempt(cropAll).finally(() => {
          cropping = null;
        });
        return cropping;
      },

      async setShape(changes) {
        const shape = { ...get().shape, ...changes };
        set({ ...fitting(shape), shapeChosen: true });
        await build(shape);
      },

      setTitle: (title) => set({ title }),
      setAugmentation: (changes) => set({ augmentation: { ...get().augmentation, ...changes } }),

      async save() {
        await cropping;
        const { built, title, augmentation, status } = get();
        if (!built || status !== 'idle') return false;
        set({ status: 'saving', problem: null });
        try {
          await store({
            ...built,
            id: newOwnDatasetId(),
            title: title.trim() || 'My pictures',
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
        cropping = null;
        connection?.close();
        connection = null;
        set(empty);
      },
    };
  });
}

/** The folder that all files lie in, or the name of the one file. */
function titleOf(files: readonly PickedFile[]): string {
  const [first] = files;
  const folder = /^\/?([^/]+)\//.exec(first?.name ?? '')?.[1];
  if (folder && files.every(({ name }) => name.replace(/^\//, '').startsWith(`${folder}/`))) return folder;
  if (files.length > 1 || !first) return 'My pictures';
  return first.name.replace(/^.*\//, '').replace(/(\.[a-z0-9]{1,5}){1,2}$/i, '') || 'My pictures';
}
