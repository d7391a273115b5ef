import type { PixelChoices } from '../../engine/data/import/appearance';
import type { LabelledImages } from '../../engine/data/import/buildImages';
import type { Crop } from '../../engine/data/import/crop';
import type { Answers, Choice } from '../../engine/data/import/imageSet';
import type { LevelRange } from '../../engine/data/import/levels';
import type { Bitmap, ImportedImage, LeftOut } from '../../engine/data/import/pixels';
import type { ImageShape } from '../../engine/data/import/resample';
import type { PickedFile } from '../../engine/files/pickedFile';

/** Hears how far a reading is, and ends it by returning false: then everything stays as it was. */
export type TellReading = (done: number, total: number) => unknown;

/** What the page can ask of the worker that collects images. Errors arrive as rejections whose message is for the user. */
export interface ImportApi {
  /** Adds the images of files, at most `limit` of them, evenly by class. What cannot be used is left out and told by name. */
  addFiles(files: readonly PickedFile[], limit: number, tell: TellReading): Promise<AddedFiles>;
  /**
   * Reads all files once more, with these answers to what they leave open, and at most `limit` images of all. What was taken out
   * stays out. Rejects where a file is no longer there: then nothing is changed.
   */
  readAgain(answers: Answers, limit: number, tell: TellReading): Promise<AddedFiles>;
  addImages(images: ImportedImage[]): Promise<Collected>;
  removeImage(index: number): Promise<Collected>;
  /** What is taken of each image, and how its levels are taken. */
  setAppearance(appearance: Appearance): Promise<Collected>;
  /** All images, cropped, at one size. Rejects where they are too many. */
  build(shape: ImageShape): Promise<LabelledImages>;
}

/** How images come in, whatever their files are. */
export interface Appearance extends PixelChoices {
  crop: Crop;
}

export interface Collected {
  count: number;
  /** Size and channels that suit the cropped images. */
  suitable: ImageShape;
  /** The first images, whole, on their background. */
  examples: Bitmap[];
  /** Images that their files hold, of which some may not have been taken. */
  total: number;
  /** Different ranges of values that were found in arrays and tables. */
  ranges: LevelRange[];
  /** What files leave open, by their names. */
  choices: { name: string; choice: Choice }[];
  /** Whether any image is transparent somewhere. */
  hasTransparency: boolean;
  /** Classes, where they are more than a model can learn. */
  tooManyClasses: number | null;
}

export interface AddedFiles extends Collected {
  added: number;
  /** What all files so far hold and is not used. */
  leftOut: LeftOut[];
}
