import type { BuiltPictures } from '../../engine/data/import/buildDataset';
import type { Crop } from '../../engine/data/import/crop';
import type { Bitmap, ImportedPicture } from '../../engine/data/import/pixels';
import type { PictureShape } from '../../engine/data/import/resample';

/** A file with its path, whose folders may name classes. */
export interface PickedFile {
  name: string;
  file: Blob;
}

/** What the page can ask of the worker that collects pictures. Errors arrive as rejections whose message is for the user. */
export interface ImportApi {
  /**
   * Adds the pictures of files. What cannot be used is left out and told by name; what was there before stays. `tell` hears
   * how far it is, and ends it by returning false: then nothing is added.
   */
  addFiles(files: readonly PickedFile[], tell: (done: number, total: number) => unknown): Promise<AddedFiles>;
  addPictures(pictures: ImportedPicture[]): Promise<Collected>;
  removePicture(index: number): Promise<Collected>;
  /** What is taken of each picture; the square in its middle where this was never called. */
  setCrop(crop: Crop): Promise<Collected>;
  /** All pictures, cropped, at one size. Rejects where they are too many. */
  build(shape: PictureShape): Promise<BuiltPictures>;
}

export interface Collected {
  count: number;
  /** Size and channels that suit the cropped pictures. */
  suitable: PictureShape;
  /** The first pictures, whole. */
  examples: Bitmap[];
}

export interface AddedFiles extends Collected {
  added: number;
  /** A sentence for every file that was left out. */
  refused: string[];
}
