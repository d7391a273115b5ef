import { asChosen, ShownLight } from '../../engine/data/import/appearance';
import {
  buildImages,
  hasColours,
  MOST_CLASSES,
  shortSide,
  suitableSize,
  trainable,
} from '../../engine/data/import/buildImages';
import { blobFile, blobSpool, type SourceFile } from '../../engine/data/import/files/byteSource';
import type { Answers, ImageSet } from '../../engine/data/import/imageSet';
import type { DecodeImage } from '../../engine/data/import/images/imageFile';
import { keptSide, shrunk } from '../../engine/data/import/images/shrink';
import { type ImportedImage, type LeftOut, leftOutBy } from '../../engine/data/import/pixels';
import { readSelection, select } from '../../engine/data/import/readSets';
import type { ImageShape } from '../../engine/data/import/resample';
import { understand } from '../../engine/data/import/understand';
import type { PickedFile } from '../../engine/files/pickedFile';
import type { AddedFiles, Appearance, Collected, ImportApi, TellReading } from './protocol';

/** Small images are read faster than the page can be told of each. */
const TELL_EVERY_MS = 30;

/** Images that a crop is tried on. */
const EXAMPLES = 4;

/** Images that came together: drawn ones, or those of files, which can be read once more. */
interface Batch {
  images: KeptImage[];
  files: readonly SourceFile[];
  sets: readonly ImageSet[];
  total: number;
  leftOut: LeftOut[];
  /** The images that were taken out. */
  removed: Set<string>;
}

interface KeptImage extends ImportedImage {
  /** Names it among those of its batch, also when it is read once more. */
  key: string;
}

/** Images on their way to a data set, as they came: crop, size and channels are chosen at the end. */
export class Collection implements ImportApi {
  #batches: Batch[] = [];
  #answers: Answers = {};
  #appearance: Appearance = { crop: 'centre', background: 'auto', invert: false, transpose: false };
  #decode: DecodeImage;

  constructor(decode: DecodeImage) {
    this.#decode = decode;
  }

  async addFiles(files: readonly PickedFile[], limit: number, tell: TellReading): Promise<AddedFiles> {
    const sources = files.map(({ name, file }) => blobFile(name.replace(/^\//, ''), file));
    const goesOn = patient(tell);
    if ((await goesOn(0, sources.length)) === false) return this.#added(0);
    const batch = await this.#understood(sources, this.#answers);
    const room = Math.max(0, limit - this.#images.length);
    if (!(await this.#read([batch], room, goesOn))) return this.#added(0);
    if (batch.images.length === 0) return this.#added(0, batch.leftOut);
    this.#batches.push(batch);
    return this.#added(batch.images.length);
  }

  async readAgain(answers: Answers, limit: number, tell: TellReading): Promise<AddedFiles> {
    const goesOn = patient(tell);
    const files = this.#batches.flatMap((batch) => batch.files);
    if ((await goesOn(0, files.length)) === false) return this.#added(0);
    for (const file of files) await file.read(0, 1);
    const again: Batch[] = [];
    for (const batch of this.#batches)
      again.push(
        batch.files.length === 0 ? batch : await this.#understood(batch.files, answers, batch.removed),
      );
    const read = again.filter((batch) => batch.files.length > 0);
    const others = again.filter((batch) => batch.files.length === 0);
    const room = limit - others.reduce((sum, { images }) => sum + images.length, 0);
    if (!(await this.#read(read, Math.max(0, room), goesOn))) return this.#added(0);
    if (again.every(({ images }) => images.length === 0))
      return this.#added(
        0,
        again.flatMap(({ leftOut }) => leftOut),
      );
    this.#batches = again;
    this.#answers = answers;
    return this.#added(this.#images.length);
  }

  async addImages(images: ImportedImage[]): Promise<Collected> {
    const kept = images.map((image, i) => ({ ...image, key: String(i) }));
    this.#batches.push({
      ...{ images: kept, files: [], sets: [], total: images.length, leftOut: [], removed: new Set<string>() },
    });
    return this.#collected();
  }

  async removeImage(index: number): Promise<Collected> {
    let first = 0;
    for (const batch of this.#batches) {
      const removed = batch.images[index - first];
      first += batch.images.length;
      if (!removed || first <= index) continue;
      batch.images = batch.images.filter((image) => image !== removed);
      batch.removed.add(removed.key);
      batch.total--;
      break;
    }
    return this.#collected();
  }

  async setAppearance(appearance: Appearance): Promise<Collected> {
    this.#appearance = appearance;
    return this.#collected();
  }

  async build({ imageSize, channels }: ImageShape) {
    const images = this.#images;
    return trainable(await buildImages(images, images.length, { ...this.#appearance, imageSize, channels }));
  }

  get #images(): KeptImage[] {
    return this.#batches.flatMap(({ images }) => images);
  }

  /** What files hold; none of their images is read yet. */
  async #understood(
    files: readonly SourceFile[],
    answers: Answers,
    removed = new Set<string>(),
  ): Promise<Batch> {
    const batch: Batch = { images: [], files, sets: [], total: 0, leftOut: [], removed };
    try {
      const platform = { decode: this.#decode, newSpool: blobSpool };
      return { ...batch, ...(await understand(files, platform, answers)) };
    } catch (error) {
      return { ...batch, leftOut: [leftOutBy(error, '')] };
    }
  }

  /** Reads at most `limit` images of batches, evenly by class. False where nobody wants the rest. */
  async #read(batches: readonly Batch[], limit: number, goesOn: TellReading): Promise<boolean> {
    const selection = select(
      batches.flatMap(({ sets }) => sets),
      limit,
    );
    const side = keptSide(selection.count);
    let done = 0;
    for (const batch of batches) {
      const own = selection.taken.filter(({ set }) => batch.sets.includes(set));
      const taken = own
        .map(({ set, indices }) => ({
          set,
          indices: indices.filter((index) => !batch.removed.has(keyOf(set, index))),
        }))
        .filter(({ indices }) => indices.length > 0);
      const known = batch.sets.flatMap((set) =>
        Array.from({ length: batch.removed.size > 0 ? set.count : 0 }, (_, index) => keyOf(set, index)),
      );
      batch.total =
        batch.sets.reduce((sum, { count }) => sum + count, 0) -
        known.filter((key) => batch.removed.has(key)).length;
      try {
        for await (const { bitmap, className, set, index } of readSelection({ taken }, batch.leftOut)) {
          batch.images.push({ bitmap: shrunk(bitmap, side), className, key: keyOf(set, index) });
          if ((await goesOn(++done, selection.count)) === false) return false;
        }
      } catch (error) {
        batch.leftOut.push(leftOutBy(error, ''));
      }
    }
    return true;
  }

  #added(added: number, more: readonly LeftOut[] = []): AddedFiles {
    const leftOut = [...this.#batches.flatMap((batch) => batch.leftOut), ...more];
    return { ...this.#collected(), added, leftOut };
  }

  #collected(): Collected {
    const images = this.#images;
    const { crop, background } = this.#appearance;
    const side = images.reduce(
      (least, { bitmap: { width, height } }) => Math.min(least, shortSide([width, height], crop)),
      64,
    );
    const sets = this.#batches.flatMap((batch) => batch.sets);
    const classes = new Set(images.map(({ className }) => className)).size;
    const shown = new ShownLight();
    for (const { bitmap } of images) shown.add(bitmap);
    const onWhite = shown.isOnWhite(background);
    return {
      count: images.length,
      suitable: {
        imageSize: suitableSize(side),
        channels: images.some(({ bitmap }) => hasColours(bitmap)) ? 3 : 1,
      },
      examples: images.slice(0, EXAMPLES).map(({ bitmap }) => asChosen(bitmap, onWhite, this.#appearance)),
      total: this.#batches.reduce((sum, { total }) => sum + total, 0),
      ranges: [
        ...new Map(sets.flatMap(({ range }) => (range ? [[JSON.stringify(range), range]] : []))).values(),
      ],
      choices: [...new Map(sets.flatMap(({ name, choice }) => (choice ? [[name, choice]] : [])))].map(
        ([name, choice]) => ({ name, choice }),
      ),
      hasTransparency: images.some(({ bitmap }) => bitmap.channels === 4),
      tooManyClasses: classes > MOST_CLASSES ? classes : null,
    };
  }
}

/** A layout that the user chose makes other images of the same array. */
function keyOf({ name, choice }: ImageSet, index: number): string {
  return `${name}/${index}/${choice?.about === 'layout' ? choice.taken : ''}`;
}

/** Tells now and then; false from the moment on that nobody wants to hear more. */
function patient(tell: TellReading): TellReading {
  let toldAt = Number.NEGATIVE_INFINITY;
  let wanted = true;
  return async (done, total) => {
    if (performance.now() - toldAt < TELL_EVERY_MS && done < total) return wanted;
    toldAt = performance.now();
    wanted &&= (await tell(done, total)) !== false;
    return wanted;
  };
}
