import { parseIdx } from '../idx';
import { announcedSize } from './announcedSize';
import { picturesOfArray } from './arrays';
import { contentSuffix } from './contentSuffix';
import { parseCsv } from './csv';
import { parseNpy } from './npy';
import { type Bitmap, checkSides, ImportError, type ImportedPicture, limits } from './pixels';
import { gunzip, type NamedFile, unzipFiles } from './unpack';

/** Decodes a PNG, JPEG or what else the platform knows. Rejects where it is no picture. */
export type DecodeImage = (file: NamedFile) => Promise<Bitmap>;

export const imageSuffixes = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.avif'] as const;

/**
 * The pictures of files: images, .zip, .csv, .npy, .npz, and .idx with or without .gz. A folder, on disk or in the archive, is
 * a class where there are several; labels come from idx files and arrays called 'labels' too. Throws ImportError.
 */
export async function importPictures(
  files: readonly NamedFile[],
  decode: DecodeImage,
): Promise<ImportedPicture[]> {
  const pictures = await readPictures(files, decode);
  if (new Set(pictures.map(({ className }) => className)).size < 2)
    for (const picture of pictures) picture.className = null;
  if (pictures.length === 0) {
    throw new ImportError(
      `${files.length === 1 ? files[0]?.name : 'What was chosen'} holds no picture. ` +
        `Choose images (${imageSuffixes.join(' ')}), or a .zip, .csv, .npy, .npz or .idx file.`,
    );
  }
  if (pictures.length > limits.pictures)
    throw new ImportError(`These are ${pictures.length} pictures, more than ${limits.pictures}: take fewer.`);
  return pictures;
}

export interface Reading {
  /** Hears how many of the images are decoded; false ends the reading, with what is there. */
  tell?: (done: number, total: number) => unknown;
  /** Hears of every file that cannot be used, which is then left out; without it the first one is thrown. */
  refuse?: (error: ImportError) => void;
}

/** The same as they are: each picture of the class of its folder, and none where there is none. */
export async function readPictures(
  files: readonly NamedFile[],
  decode: DecodeImage,
  { tell = () => true, refuse }: Reading = {},
): Promise<ImportedPicture[]> {
  const [labelFiles, others] = parted(attempted(files, unpacked, refuse), isLabels);
  const [images, arrays] = parted(others, isImage);
  const pictures: ImportedPicture[] = [];
  for (const [index, file] of images.entries()) {
    if ((await tell(index, images.length)) === false) return pictures;
    try {
      pictures.push({ bitmap: await decoded(file, decode), className: folderOf(file.name) });
    } catch (error) {
      refused(error, refuse);
    }
  }
  const read = (file: NamedFile) => {
    if (refuse && !isArray(file)) throw new ImportError(`${file.name} ${strangeness(file)}`);
    return picturesOfFile(file, labelsFor(file, arrays, labelFiles));
  };
  // One by one: more pictures than a call can take as arguments may come of a file.
  for (const picture of attempted(arrays, read, refuse)) pictures.push(picture);
  return pictures;
}

/** What comes of all files; of those that cannot be used, nothing. */
function attempted<T>(
  files: readonly NamedFile[],
  read: (file: NamedFile) => T[],
  refuse: Reading['refuse'],
): T[] {
  return files.flatMap((file) => {
    try {
      return read(file);
    } catch (error) {
      refused(error, refuse);
      return [];
    }
  });
}

function refused(error: unknown, refuse: Reading['refuse']): void {
  if (!refuse || !(error instanceof ImportError)) throw error;
  refuse(error);
}

function strangeness(file: NamedFile): string {
  return hasSuffix(file, '.svg')
    ? 'is an SVG drawing, which is not read: export it as PNG.'
    : `is none of the kinds that are read: ${imageSuffixes.join(' ')} .zip .csv .npy .npz .idx(.gz).`;
}

/** What an archive holds, and any other file itself. */
function unpacked(file: NamedFile): NamedFile[] {
  if (hasSuffix(file, '.zip') || hasSuffix(file, '.npz')) return unzipFiles(file).map(withoutGzip);
  return [withoutGzip(file)];
}

function withoutGzip(file: NamedFile): NamedFile {
  if (!hasSuffix(file, '.gz')) return file;
  // A server may have it unpacked on the way and leave its name.
  const bytes = contentSuffix(file.bytes) === '.idx' ? file.bytes : gunzip(file);
  const inside = { name: file.name.slice(0, -3), bytes };
  if (isImage(inside) || isArray(inside)) return inside;
  return { name: `${inside.name}${contentSuffix(bytes) ?? ''}`, bytes };
}

function picturesOfFile(file: NamedFile, labels: ArrayLike<number> | undefined): ImportedPicture[] {
  const { name, bytes } = file;
  if (hasSuffix(file, '.csv')) return parseCsv(new TextDecoder().decode(bytes), name);
  if (hasSuffix(file, '.npy')) return picturesOfArray(parseNpy(bytes, name), name, labels);
  if (isIdx(file)) {
    const { shape, values } = idx(file);
    // Levels that end at 16, as those of the digits do, would be nearly black.
    const highest = values.reduce((most, value) => Math.max(most, value), 1);
    const scaled = highest <= 16 ? values.map((value) => Math.round((255 * value) / highest)) : values;
    return picturesOfArray({ shape, values: scaled, bytes: true }, name, labels);
  }
  return [];
}

function labelsFor(
  file: NamedFile,
  arrays: NamedFile[],
  labelFiles: NamedFile[],
): ArrayLike<number> | undefined {
  // The training set's labels for its images, where a folder has a test set too.
  const key = (name: string) => name.replace(/[^/]*$/, '') + (/(train|t10k|test|val)/i.exec(name)?.[0] ?? '');
  const fitting = labelFiles.filter((candidate) => key(candidate.name) === key(file.name));
  const equal = (one: NamedFile) => isIdx(file) && isIdx(one) && countOf(one) === countOf(file);
  const labels =
    fitting.find(equal) ?? fitting[0] ?? (arrays.length === 1 ? labelFiles[0] : labelFiles.find(equal));
  if (!labels) return undefined;
  const array = hasSuffix(labels, '.npy') ? parseNpy(labels.bytes, labels.name) : idx(labels);
  if (array.shape.length !== 1)
    throw new ImportError(`${labels.name} must have one dimension, not ${array.shape.length}.`);
  return array.values;
}

async function decoded(file: NamedFile, decode: DecodeImage): Promise<Bitmap> {
  const size = announcedSize(file.bytes);
  if (size) checkSides(file.name, ...size);
  let bitmap: Bitmap;
  try {
    bitmap = await decode(file);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${file.name} is no picture that can be read here.`);
  }
  checkSides(file.name, bitmap.width, bitmap.height);
  return bitmap;
}

/** How many pictures or labels an IDX file says that it holds. */
function countOf({ bytes }: NamedFile): string {
  return bytes.subarray(4, 8).join();
}

function idx({ name, bytes }: NamedFile) {
  try {
    return parseIdx(bytes, name);
  } catch (error) {
    throw new ImportError((error as Error).message);
  }
}

function hasSuffix({ name }: Pick<NamedFile, 'name'>, suffix: string): boolean {
  return name.toLowerCase().endsWith(suffix);
}

/** Whether a file is an image by its name. */
export function isImage(file: Pick<NamedFile, 'name'>): boolean {
  return imageSuffixes.some((suffix) => hasSuffix(file, suffix));
}

function isArray(file: NamedFile): boolean {
  return hasSuffix(file, '.csv') || hasSuffix(file, '.npy') || isIdx(file);
}

function isIdx(file: NamedFile): boolean {
  return hasSuffix(file, '.idx') || /idx\d-ubyte$/i.test(file.name);
}

function isLabels(file: NamedFile): boolean {
  // Numbers in a row are no pictures, whatever their file is called.
  if (isIdx(file) && file.bytes[3] === 1) return true;
  if (isIdx(file) && file.bytes[3] === 3) return false;
  return /labels?[^/]*$|(^|\/)y[^/]*\.npy$/i.test(file.name) && (isIdx(file) || hasSuffix(file, '.npy'));
}

/** The last folder of a path. */
function folderOf(name: string): string | null {
  return /([^/]+)\/[^/]+$/.exec(name)?.[1] ?? null;
}

function parted<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  const [inside, outside]: [T[], T[]] = [[], []];
  for (const item of items) (belongs(item) ? inside : outside).push(item);
  return [inside, outside];
}
