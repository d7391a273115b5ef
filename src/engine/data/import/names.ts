/** What names of files say about data. They are hints: shape, count and content decide. */

const SPLITS: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  test: 'test',
  testing: 'test',
  t10k: 'test',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  eval: 'val',
  pred: 'test',
};
const LABELS = new Set(
  'label labels lbl lbls y target targets class classes category categories onehot'.split(' '),
);
const IMAGES = new Set(
  'x image images img imgs picture pictures photo photos jpg jpeg png data dataset features pixels arr array ubyte idx idx1 idx3 batch part raw samples sample file files frames'.split(
    ' ',
  ),
);
const NOT_LABELS = new Set('id ids index indices idx filename filenames name names path paths'.split(' '));
const NOT_IMAGES = new Set(
  'mask masks seg segmentation label labels target targets gt depth annotation annotations'.split(' '),
);

/** The words of a name in lower case: "X_train.npy" gives x, train. */
export function wordsOf(name: string): string[] {
  return stemOf(name)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/^([xy])(?=(train|test|val)[a-z]*$)/, '$1 ')
    .replace(/(?<=train|test|val)(?=images?|imgs?|labels?)/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The part of the data that a name speaks of: train, test or val; null where it names none, or several. */
export function splitOfName(name: string): string | null {
  const named = new Set(wordsOf(name).flatMap((word) => SPLITS[word] ?? []));
  return named.size === 1 ? ([...named][0] as string) : null;
}

/** Whether a folder only tells which part of the data it holds, as "train" and "seg_test" do. */
export function namesASplit(folder: string): boolean {
  const words = wordsOf(folder);
  return words.some((word) => word in SPLITS || /^(train|test|val)\d?$/.test(word));
}

/** Whether a folder's name tells nothing of what its images show. */
export function isGenericFolder(folder: string): boolean {
  return wordsOf(folder).every((word) => IMAGES.has(word));
}

export function namesLabels(name: string): boolean {
  return wordsOf(name).some((word) => LABELS.has(word));
}

export function namesOtherThanLabels(name: string): boolean {
  return wordsOf(name).some((word) => NOT_LABELS.has(word));
}

export function namesOtherThanImages(name: string): boolean {
  return wordsOf(name).some((word) => NOT_IMAGES.has(word));
}

/** What is left of a name without the words of labels, images, splits and numbers: what it is about. */
export function subjectOf(name: string): string[] {
  return wordsOf(name).filter(
    (word) => !LABELS.has(word) && !IMAGES.has(word) && !(word in SPLITS) && !/^\d+$/.test(word),
  );
}

/** A file name without folders and suffixes. */
export function stemOf(path: string): string {
  return baseOf(path).replace(/(\.(npy|npz|csv|tsv|txt|zip|tar|tgz|gz|idx|bin|parquet|data))+$/i, '');
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders of a path; an archive counts as one, by its name without suffix. */
export function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1).map(withoutArchiveSuffix);
}

export function withoutArchiveSuffix(name: string): string {
  return name.replace(/\.(zip|npz|tgz|tar|tar\.gz)$/i, '');
}
