import { type Dataset, type PictureFacts, type Pictures, toImages } from '../dataset';
import { type Crop, croppedRectangle } from './crop';
import { ImportError, type ImportedPicture, limits } from './pixels';
import { type PictureShape, resample } from './resample';

/** Classes that a label of one byte can tell apart, and a network would still learn. */
const MOST_CLASSES = 100;

/** Pictures of one size, levels 0 … 255. */
export type BuiltPictures = Pictures & Omit<PictureFacts, 'white'>;

/** Imported pictures as a data set of one size; levels 0 … 255 become [−1, 1]. Without classes all are of one. */
export function buildDataset(
  pictures: readonly ImportedPicture[],
  shape: PictureShape,
  crop?: Crop,
): Dataset {
  const { levels, ...facts } = buildPictures(pictures, shape, crop);
  return { images: toImages(levels, 255), ...facts };
}

/** Imported pictures cropped and brought to one size, and their classes as labels. Throws ImportError. */
export function buildPictures(
  pictures: readonly ImportedPicture[],
  shape: PictureShape,
  crop?: Crop,
): BuiltPictures {
  const { imageSize, channels } = shape;
  const rest = pictures.every(({ className }) => className === null) ? 'all' : 'no class';
  const classNames = [...new Set(pictures.map(({ className }) => className ?? rest))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  if (classNames.length > MOST_CLASSES) {
    throw new ImportError(
      `There are ${classNames.length} classes, more than ${MOST_CLASSES}: leave the column or the folders out.`,
    );
  }
  const length = imageSize * imageSize * channels;
  if (pictures.length * length > limits.values) {
    throw new ImportError(
      `${pictures.length.toLocaleString('en')} pictures of ${imageSize}×${imageSize} ${channels === 3 ? 'in RGB' : 'in grey'} are too many ` +
        'for the memory: take a smaller size, grey, or fewer pictures.',
    );
  }
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  const levels = new Uint8Array(pictures.length * length);
  const labels = new Uint8Array(pictures.length);
  pictures.forEach(({ bitmap, className }, index) => {
    levels.set(resample(bitmap, shape, crop), index * length);
    labels[index] = labelOf.get(className ?? rest) as number;
  });
  return { levels, labels, count: pictures.length, imageSize, channels, classNames };
}

/**
 * The size that suits pictures: that of the smallest side of what the crop takes, but a multiple of 4 from 8 to 64; RGB where
 * any has colours.
 */
export function suitableShape(pictures: readonly ImportedPicture[], crop: Crop = 'centre'): PictureShape {
  const smallest = pictures.reduce((side, { bitmap }) => {
    const { width, height } = croppedRectangle(crop, bitmap.width, bitmap.height);
    return Math.min(side, width, height);
  }, 64);
  return {
    imageSize: Math.max(8, 4 * Math.floor(smallest / 4)),
    channels: pictures.some(({ bitmap }) => hasColours(bitmap)) ? 3 : 1,
  };
}

function hasColours({ channels, pixels }: ImportedPicture['bitmap']): boolean {
  if (channels === 1) return false;
  for (let at = 0; at < pixels.length; at += channels)
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return true;
  return false;
}
