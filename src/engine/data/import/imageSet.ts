import type { Size } from './images/announcedSize';
import type { Labels } from './labels';
import type { LevelRange, LevelScale, ValueStats } from './levels';
import type { Bitmap, LeftOut } from './pixels';

/** Images that come from one file: one, or all those of an array, a table or an archive of records. */
export interface ImageSet {
  name: string;
  count: number;
  /** Width and height of each; or asks the files, one after another, where they may differ. */
  size: Size | ((indices: ArrayLike<number>) => AsyncGenerator<Size | null>);
  labels: Labels | null;
  /** The values that stand for its levels, where these are no bytes of an image format. */
  values?: ValueStats;
  range?: LevelRange;
  /** What can be chosen about it, where the file alone does not decide. */
  choice?: Choice;
  /** Images by their indices, which ascend, in the same order. What cannot be read is told in place of the image. */
  read(indices: ArrayLike<number>, scale: LevelScale): AsyncGenerator<Bitmap | LeftOut>;
}

/** A question that a file leaves open: its possible answers, and which one was taken. */
export interface Choice {
  about: 'layout' | 'class column';
  titles: readonly string[];
  taken: number;
}

/** Answers of the user to the choices of files, by the names of these. */
export type Answers = Readonly<Record<string, Partial<Record<Choice['about'], number>>>>;

export const isLeftOut = (read: Bitmap | LeftOut): read is LeftOut => 'reason' in read;
