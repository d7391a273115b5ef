import { readAll, type SourceFile } from './files/byteSource';
import type { ImageSet } from './imageSet';
import { labelsOfNames } from './labels';
import type { LeftOut } from './pixels';

const LARGEST = 1024;

/** Whether a text is the class of the image beside it that has its name, as in a WebDataset: 0001.png and 0001.cls. */
export function namesOneImage({ name, size }: SourceFile): boolean {
  return /\.cls$/i.test(name) && size <= LARGEST;
}

/** Gives images the classes of the files beside them. Returns those that stand beside none. */
export async function applyClassFiles(
  files: readonly SourceFile[],
  sets: readonly ImageSet[],
): Promise<LeftOut[]> {
  const withoutSuffix = (path: string) => path.replace(/\.[^./]*$/, '');
  const images = new Map(
    sets.filter(({ count }) => count === 1).map((set) => [withoutSuffix(set.name), set]),
  );
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const set = images.get(withoutSuffix(file.name));
    const name = new TextDecoder().decode(await readAll(file)).trim();
    if (set && name !== '') set.labels = labelsOfNames([name]);
    else leftOut.push({ name: file.name, reason: 'is the class of an image that is not there' });
  }
  return leftOut;
}
