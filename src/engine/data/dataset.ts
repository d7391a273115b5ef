/** Fetches a file of public/data by its name: over the network in a worker, from the disk in Node. */
export type ReadFile = (fileName: string) => Promise<Uint8Array>;

/** What the images of a data set have in common. */
export interface ImageFacts {
  count: number;
  /** Height and width, pixels. */
  imageSize: number;
  /** 1 (grey) or 3 (RGB). */
  channels: number;
  /** Label k belongs to the class named classNames[k]. */
  classNames: string[];
  /** The level of white; black is 0. */
  white: number;
}

/** What is known of a data set before its images are there. */
export interface DatasetFacts extends Omit<ImageFacts, 'white'> {
  title: string;
}

/** Images NHWC in whole levels, 0 … white, and the class of each. */
export interface Images {
  levels: Uint8Array;
  labels: Uint8Array;
}

/** Where the images come from. Throws an error that names the file when they are not what the facts say. */
export type ImageSource = (facts: ImageFacts, read: ReadFile) => Promise<Images>;

export interface DatasetDefinition extends ImageFacts {
  title: string;
  /** A sentence or two for the page. */
  description: string;
  licence: string;
  source: ImageSource;
}

/** A data set in memory. */
export interface Dataset {
  /** NHWC, in the value range of toImages. */
  images: Float32Array;
  labels: Uint8Array;
  count: number;
  imageSize: number;
  channels: number;
  classNames: string[];
  /** The level of white of the images as they came; 255 where it is left out. */
  white?: number | undefined;
}

/** Values that a pixel of the data can have. */
export function levelsOf({ white = 255 }: Pick<Dataset, 'white'>): number {
  return white + 1;
}

/** x₀ of levels: 0 … white becomes [−1, 1], the range that all of diffusion starts from and ends in. */
export function toImages(levels: Uint8Array, white: number): Float32Array {
  const values = Float32Array.from({ length: white + 1 }, (_, level) => (2 * level) / white - 1);
  const images = new Float32Array(levels.length);
  for (let i = 0; i < levels.length; i++) images[i] = values[levels[i] as number] as number;
  return images;
}
