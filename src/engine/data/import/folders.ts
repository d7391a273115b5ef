import { baseOf, foldersOf, isGenericFolder, namesASplit, splitOfName, stemOf, wordsOf } from './names';

/**
 * The class of each file by its folders: the last one that says what it shows. Folders that all share, or that name a part of
 * the data (train, test) or its kind (images), say nothing; nor do folders that come again in each class, or of one file each.
 * Null where there is none.
 */
export function classesOfFolders(paths: readonly string[]): (string | null)[] {
  const folders = withoutSplits(paths.map(foldersOf)).map((path) => {
    let end = path.length;
    while (end > 0 && isGenericFolder(path[end - 1] as string)) end--;
    return path.slice(0, end);
  });
  const isDeep = folders.some((path) => path.length > 1);
  const level =
    isDeep && !areClasses(folders) ? (path: string[]) => path[0] : (path: string[]) => path.at(-1);
  return folders.map((path) => level(path) ?? null);
}

/** Leaves out, from the top, what all paths share and levels that only part the data. */
function withoutSplits(paths: string[][]): string[][] {
  let left = paths;
  for (;;) {
    const filled = left.filter((path) => path.length > 0);
    const level = new Set(filled.map(([top]) => top as string));
    const isShared = level.size === 1 && filled.length === left.length;
    const isSplit =
      level.size > 0 && [...level].every((folder) => namesASplit(folder) || isGenericFolder(folder));
    if (level.size === 0 || !(isShared || isSplit)) return left;
    left = left.map((path) => path.slice(1));
  }
}

/** Whether the last folders are classes, not parts of classes: their names come once, and they hold several files. */
function areClasses(folders: readonly string[][]): boolean {
  const parents = new Map<string, Set<string>>();
  for (const path of folders) {
    const name = path.at(-1);
    if (name === undefined) continue;
    const parent = path.slice(0, -1).join('/');
    parents.set(name, (parents.get(name) ?? new Set()).add(parent));
  }
  const whole = new Set(folders.map((path) => path.join('/')));
  return [...parents.values()].every(({ size }) => size === 1) && folders.length >= 2 * whole.size;
}

/** Words that cameras and programs give files. */
const NO_CLASS = new Set(
  'img image images picture pic photo photos dsc dscn scan frame screenshot sample file p video untitled'.split(
    ' ',
  ),
);

/**
 * Classes by the names of files such as cat.12.jpg and dog (3).jpg: a word and a number, several files a word. Null for each where
 * the names are not all of that kind.
 */
export function classesOfFileNames(paths: readonly string[]): (string | null)[] {
  const none = paths.map(() => null);
  const names = paths.map((path) =>
    /^(\p{L}[\p{L}_ -]*?)[._ (-]*\d+\)?\.\p{L}+$/u.exec(baseOf(path))?.[1]?.toLowerCase(),
  );
  const different = new Set(names);
  if (names.includes(undefined) || different.size < 2 || names.length < 2 * different.size) return none;
  const isClass = (name: string) =>
    !NO_CLASS.has(name) && splitOfName(name) === null && !isGenericFolder(name);
  return [...different].every((name) => isClass(name as string)) ? (names as string[]) : none;
}

/**
 * The class of each array by the name of its file, where these differ in more than numbers and parts of the data: what all
 * have in common is left out, so full_numpy_bitmap_cat.npy is of the class cat. Null for each where they do not.
 */
export function classesOfArrayNames(paths: readonly string[]): (string | null)[] {
  const none = paths.map(() => null);
  const stems = paths.map((path) =>
    isGenericName(stemOf(path)) ? (foldersOf(path).at(-1) ?? '') : stemOf(path),
  );
  if (new Set(stems).size < 2) return none;
  const front = commonStart(stems);
  const back = commonStart(stems.map((stem) => [...stem].reverse().join('')));
  const subjects = stems.map((stem) => stem.slice(front, stem.length - Math.min(back, stem.length - front)));
  const names = subjects.map((subject) => subject.replace(/^[\s._-]+|[\s._-]+$/g, ''));
  const isSubject = (name: string) =>
    /\p{L}/u.test(name) && splitOfName(name) === null && !isGenericName(name) && !/^[a-z]$/i.test(name);
  return names.every(isSubject) ? names : none;
}

const isGenericName = (name: string) =>
  wordsOf(name).every((word) => /^\d+$/.test(word)) || isGenericFolder(name.replace(/\d+/g, ''));

/** How many letters all texts begin with, up to the end of a word. */
function commonStart(texts: readonly string[]): number {
  const [first = ''] = texts;
  let shared = 0;
  while (shared < first.length && texts.every((text) => text[shared] === first[shared])) shared++;
  while (shared > 0 && /[\p{L}\p{N}]/u.test(first[shared - 1] as string)) shared--;
  return shared;
}
