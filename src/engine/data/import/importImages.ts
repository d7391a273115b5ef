import { type BuildOptions, type BuiltImages, buildImages, shortSide, suitableSize } from './buildImages';
import type { SourceFile } from './files/byteSource';
import type { Answers, ImageSet } from './imageSet';
import { ImportError, type ImportedImage, type LeftOut, limits, sentenceOf } from './pixels';
import { readSelection, type Selection, select, sizesOfSelection } from './readSets';
import type { ImageShape } from './resample';
import { type ImportPlatform, nothingFound, understand } from './understand';

/** `own`: the shortest side among the images, up to what the memory holds. `suitable`: a size that suits training. */
export type WantedShape = 'own' | 'suitable' | ImageShape;

export interface ImportOptions extends Omit<BuildOptions, 'imageSize' | 'channels'> {
  shape: WantedShape;
  /** Images that are taken at most. */
  limit?: number;
  answers?: Answers;
  /** Hears how many images are read. */
  tell?: (done: number, total: number) => void;
}

/** Images that were brought to one size, and what was understood of the files. */
export interface Imported {
  built: BuiltImages;
  sets: ImageSet[];
  leftOut: LeftOut[];
  /** How many images there are, and how many were taken to be read. */
  total: number;
  taken: number;
}

/** All that is read without knowing the sizes of images is built at this size first. */
const UNKNOWN_SIDE = 64;

/** Reads files from beginning to end: understands them, takes at most `limit` images, and builds them. Throws ImportError. */
export async function importImages(
  files: readonly SourceFile[],
  platform: ImportPlatform,
  { shape, limit = limits.images, answers, tell = () => {}, ...options }: ImportOptions,
): Promise<Imported> {
  const { sets, leftOut } = await understand(files, platform, answers);
  if (sets.length === 0) throw new ImportError(nothingFound(files, leftOut));
  const selection = select(sets, limit);
  const before = leftOut.length;
  const build = async (side: number) => {
    leftOut.length = before;
    const sized =
      typeof shape === 'object'
        ? shape
        : { imageSize: sizeFor(shape, side, selection, options), channels: null };
    return buildImages(told(readSelection(selection, leftOut), selection.count, tell), selection.count, {
      ...options,
      ...sized,
    });
  };
  let side = typeof shape === 'object' ? shape.imageSize : await smallestSide(selection, options.crop);
  let built = await build(side);
  // An image whose size was not known, or that could not be read, was the smallest.
  if (typeof shape === 'string' && built.count > 0 && built.smallestSide !== side) {
    side = built.smallestSide;
    built = await build(side);
  }
  if (built.count === 0) throw new ImportError(noneRead(leftOut));
  return { built, sets, leftOut, total: selection.total, taken: selection.count };
}

function sizeFor(
  shape: 'own' | 'suitable',
  side: number,
  { count }: Selection,
  { mostValues = limits.values }: Pick<BuildOptions, 'mostValues'>,
): number {
  if (shape === 'suitable') return suitableSize(side);
  return Math.min(side, Math.max(UNKNOWN_SIDE, Math.floor(Math.sqrt(mostValues / (3 * count)))));
}

async function smallestSide(selection: Selection, crop: BuildOptions['crop']): Promise<number> {
  let smallest = Number.POSITIVE_INFINITY;
  for await (const size of sizesOfSelection(selection)) smallest = Math.min(smallest, shortSide(size, crop));
  return smallest === Number.POSITIVE_INFINITY ? UNKNOWN_SIDE : smallest;
}

async function* told(
  images: AsyncIterable<ImportedImage>,
  total: number,
  tell: (done: number, total: number) => void,
): AsyncGenerator<ImportedImage> {
  let done = 0;
  for await (const image of images) {
    yield image;
    tell(++done, total);
  }
}

function noneRead(leftOut: readonly LeftOut[]): string {
  const [first] = leftOut;
  return first ? `No image could be read. ${sentenceOf(first)}` : 'There is no image.';
}
