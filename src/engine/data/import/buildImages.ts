import { plainName } from '../../names';
import type { ImageFacts, Images } from '../dataset';
import { type PixelChoices, ShownLight, transposed } from './appearance';
import { type Crop, croppedRectangle } from './crop';
import type { Size } from './images/announcedSize';
import { type Bitmap, ImportError, type ImportedImage, limits } from './pixels';
import { type ImageShape, resample } from './resample';

/** More classes than this are not learned: a model keeps a vector for each, and few images have each. */
export const MOST_CLASSES = 100;

export interface BuildOptions extends Partial<PixelChoices> {
  crop: Crop;
  imageSize: number;
  /** Null: RGB where any image has colours. */
  channels: ImageShape['channels'] | null;
  /** Values that may be built at most. */
  mostValues?: number;
}

/** Images of one size, levels 0 … 255, with all their classes. */
export interface BuiltImages {
  levels: Uint8Array;
  labels: Uint16Array;
  classNames: string[];
  count: number;
  imageSize: number;
  channels: ImageShape['channels'];
  /** The shortest side among the images, as they were cropped, in pixels. */
  smallestSide: number;
}

/** What a model learns from: at most MOST_CLASSES classes, which a byte can tell apart. */
export type LabelledImages = Images & Omit<ImageFacts, 'white'>;

/**
 * Images cropped and brought to one size, and their classes as labels; those without a class are of one together. `most` is how
 * many will come at most. Throws ImportError where they would fill the memory.
 */
export async function buildImages(
  images: AsyncIterable<ImportedImage> | Iterable<ImportedImage>,
  most: number,
  options: BuildOptions,
): Promise<BuiltImages> {
  const builder = new Builder(most, options);
  const classes: (string | null)[] = [];
  for await (const { bitmap, className } of images) {
    builder.add(bitmap);
    classes.push(className);
  }
  return { ...builder.finish(), ...labelled(classes) };
}

function labelled(classes: readonly (string | null)[]): Pick<BuiltImages, 'labels' | 'classNames'> {
  const rest = classes.every((name) => name === null) ? 'all' : 'no class';
  const nameOf = (name: string | null) => plainName(name ?? '') || rest;
  const classNames = [...new Set(classes.map(nameOf))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  return { classNames, labels: Uint16Array.from(classes, (name) => labelOf.get(nameOf(name)) as number) };
}

/** What can be learned of built images: without their classes where these are too many. */
export function trainable({
  levels,
  labels,
  classNames,
  count,
  imageSize,
  channels,
}: BuiltImages): LabelledImages {
  const facts = { levels, count, imageSize, channels };
  if (classNames.length > MOST_CLASSES)
    return { ...facts, classNames: ['all'], labels: new Uint8Array(count) };
  return { ...facts, classNames, labels: Uint8Array.from(labels) };
}

/** Brings one image after another to its place in the memory of all. It begins in grey and turns to RGB at the first colour. */
class Builder {
  #options: BuildOptions;
  #most: number;
  #channels: ImageShape['channels'];
  #levels: Uint8Array;
  #count = 0;
  #smallestSide = Number.POSITIVE_INFINITY;
  /** How transparent the pixels of images are, 255 for what is not there. */
  #transparency = new Map<number, Uint8Array>();
  #shown = new ShownLight();

  constructor(most: number, options: BuildOptions) {
    this.#options = options;
    this.#most = most;
    this.#channels = options.channels ?? 1;
    this.#levels = this.#room();
  }

  #room(): Uint8Array {
    const { imageSize, mostValues = limits.values } = this.#options;
    const values = this.#most * imageSize ** 2 * this.#channels;
    if (values <= mostValues) return new Uint8Array(values);
    throw new ImportError(
      `${this.#most.toLocaleString('en')} images of ${imageSize}×${imageSize} ` +
        `${this.#channels === 3 ? 'in RGB' : 'in grey'} are too many for the memory: take a smaller size, grey, or fewer images.`,
    );
  }

  get #length(): number {
    return this.#options.imageSize ** 2 * this.#channels;
  }

  add(image: Bitmap): void {
    const { crop, imageSize, channels, transpose = false } = this.#options;
    const bitmap = transpose ? transposed(image) : image;
    if (channels === null && this.#channels === 1 && hasColours(bitmap)) this.#turnToColour();
    const shape = { imageSize, channels: this.#channels };
    this.#levels.set(resample(bitmap, shape, crop), this.#count * this.#length);
    this.#smallestSide = Math.min(this.#smallestSide, shortSide([bitmap.width, bitmap.height], crop));
    const transparency = transparencyOf(bitmap);
    if (transparency) {
      this.#transparency.set(this.#count, resample(transparency, { imageSize, channels: 1 }, crop));
      this.#shown.add(bitmap);
    }
    this.#count++;
  }

  #turnToColour(): void {
    const grey = this.#levels;
    const used = this.#count * this.#length;
    this.#channels = 3;
    this.#levels = this.#room();
    for (let i = 0; i < used; i++) this.#levels.fill(grey[i] as number, 3 * i, 3 * i + 3);
  }

  finish(): Omit<BuiltImages, 'labels' | 'classNames'> {
    const { imageSize, background = 'auto', invert = false } = this.#options;
    if (this.#shown.isOnWhite(background))
      for (const [index, transparency] of this.#transparency) {
        const start = index * this.#length;
        for (let i = 0; i < this.#length; i++) {
          const level =
            (this.#levels[start + i] as number) + (transparency[Math.floor(i / this.#channels)] as number);
          this.#levels[start + i] = Math.min(255, level);
        }
      }
    const levels = this.#levels.subarray(0, this.#count * this.#length);
    if (invert) for (let i = 0; i < levels.length; i++) levels[i] = 255 - (levels[i] as number);
    return {
      levels,
      ...{ count: this.#count, imageSize, channels: this.#channels, smallestSide: this.#smallestSide },
    };
  }
}

/** The side of the square that a crop takes of an image, pixels; of a stretched one the shorter side. */
export function shortSide([width, height]: Size, crop: Crop): number {
  const rectangle = croppedRectangle(crop, width, height);
  return Math.min(rectangle.width, rectangle.height);
}

/** The size that suits training: the shortest side, but a multiple of 4 from 8 to 64. */
export function suitableSize(side: number): number {
  return Math.max(8, 4 * Math.floor(Math.min(64, side) / 4));
}

export function hasColours({ channels, pixels }: Bitmap): boolean {
  if (channels === 1) return false;
  for (let at = 0; at < pixels.length; at += channels)
    if (
      (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) &&
      (channels === 3 || pixels[at + 3] !== 0)
    )
      return true;
  return false;
}

/** 255 less the opacity of each pixel; null where all are opaque. */
function transparencyOf({ width, height, channels, pixels }: Bitmap): Bitmap | null {
  if (channels !== 4) return null;
  const values = new Uint8Array(width * height);
  let isOpaque = true;
  for (let i = 0; i < values.length; i++) {
    values[i] = 255 - (pixels[4 * i + 3] as number);
    if (values[i] !== 0) isOpaque = false;
  }
  return isOpaque ? null : { width, height, channels: 1, pixels: values };
}
