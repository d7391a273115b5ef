import { imagesOfArrays } from './arrays/arrayImages';
import { openIdx } from './arrays/idx';
import { openNpy, type TextArray } from './arrays/npy';
import type { NumberArray } from './arrays/numberArray';
import { type NamedLabels, placeOf } from './arrays/pairing';
import { applyClassFiles, namesOneImage } from './classFiles';
import type { SourceFile, Spool } from './files/byteSource';
import { expand, type Opened, reasonOf } from './files/expand';
import { isText, strangenessOf } from './files/kind';
import { classesOfArrayNames, classesOfFileNames, classesOfFolders } from './folders';
import type { Answers, ImageSet } from './imageSet';
import { type DecodeImage, imageOfFile } from './images/imageFile';
import { classNameOf } from './labels';
import { joinedStats, levelRange } from './levels';
import { imagesOfParquet } from './parquet';
import { type LeftOut, leftOutBy, orLeftOut, sentenceOf } from './pixels';
import { classNamesOf, imagesOfRecords } from './records';
import { applyNames, ImageNames, labelColumnOf, textRows } from './tables/imageLabels';
import { jsonTable, mayBeJson } from './tables/json';
import { matrixOf } from './tables/matrix';
import { pixelColumnsOf } from './tables/pixelColumns';
import { openTable, type Table } from './tables/table';
import { imagesOfTable } from './tables/tableImages';

/** What the import needs of the platform that it runs on. */
export interface ImportPlatform {
  decode: DecodeImage;
  newSpool(): Spool;
}

/** What files were understood to hold: images, and what was left out. */
export interface Understood {
  sets: ImageSet[];
  leftOut: LeftOut[];
}

/**
 * What people's files hold, for page and command line alike: archives are opened; files are known by their first bytes, arrays
 * by shape and count, tables by their columns; names are only hints. No image is decoded yet. `answers` decide what the files
 * leave open. Throws ImportError where the files are too many.
 */
export async function understand(
  files: readonly SourceFile[],
  { decode, newSpool }: ImportPlatform,
  answers: Answers = {},
): Promise<Understood> {
  const leftOut: LeftOut[] = [];
  const opened = await expand(files, newSpool, leftOut);
  const sets: ImageSet[] = [];
  const arrays: (NumberArray | TextArray)[] = [];
  const tables: Table[] = [];
  const notes: SourceFile[] = [];
  const classFiles: SourceFile[] = [];
  const asTable = async (file: SourceFile) => {
    const table = await openTable(file);
    if (table) tables.push(table);
    else leftOut.push({ name: file.name, reason: 'is empty' });
  };
  const read = async (one: Opened): Promise<unknown> => {
    const { file, kind, head } = one;
    if (kind === 'image') return sets.push(imageOfFile(file, decode));
    if (kind === 'npy') return arrays.push(await openNpy(file));
    if (kind === 'idx') return arrays.push(await openIdx(file));
    if (kind === 'parquet') {
      const found = await imagesOfParquet(file, decode, newSpool);
      return 'labels' in found ? sets.push(found) : asTable(found);
    }
    if (kind === 'unknown' && strangenessOf(head) === null) {
      const records = await imagesOfRecords(file);
      if (records) return sets.push(records);
      if (isText(head)) {
        if (namesOneImage(file)) return classFiles.push(file);
        const table = mayBeJson(head) ? await jsonTable(file, newSpool) : null;
        if (table) return asTable(table);
        return (await classNamesOf(file)) ? notes.push(file) : asTable(file);
      }
    }
    return leftOut.push({ name: file.name, reason: reasonOf(one) });
  };
  for (const one of opened) await orLeftOut(one.file.name, leftOut, () => read(one));
  for (const note of await nameRecords(sets, notes)) await asTable(note);
  leftOut.push(...(await applyClassFiles(classFiles, sets)));
  const columns = await readTables(tables, sets, arrays, answers, newSpool, leftOut);
  const found = await imagesOfArrays(arrays, columns, answers);
  leftOut.push(...found.leftOut);
  for (const table of columns)
    if (!found.usedTables.has(table))
      leftOut.push({ name: table.name, reason: 'is a table of neither images nor classes of images' });
  sets.push(...found.sets);
  const ranged = giveRanges(sets, leftOut);
  giveClasses(ranged);
  return { sets: ranged, leftOut };
}

/** Says that files hold no image, and why as far as is known. */
export function nothingFound(files: readonly SourceFile[], leftOut: readonly LeftOut[]): string {
  const [only] = leftOut;
  if (only && leftOut.length === 1) return sentenceOf(only);
  const whole = files.length === 1 ? (files[0]?.name ?? '') : 'What was chosen';
  const some = leftOut.slice(0, 3).map(sentenceOf).join(' ');
  const rest = leftOut.length > 3 ? ` And ${leftOut.length - 3} more.` : '';
  return `${whole} holds no image: choose images, or a .zip, .csv, .npy, .npz, .idx or .parquet file. ${some}${rest}`.trim();
}

/**
 * Tables of images become sets, a table that is a matrix an array; tables of names give images their classes. Returns what may
 * be labels of arrays.
 */
async function readTables(
  tables: readonly Table[],
  sets: ImageSet[],
  arrays: (NumberArray | TextArray)[],
  answers: Answers,
  newSpool: () => Spool,
  leftOut: LeftOut[],
): Promise<NamedLabels[]> {
  const others: Table[] = [];
  for (const table of tables) {
    const matrix = await orLeftOut(table.name, leftOut, () => matrixOf(table));
    const pixels = matrix ? null : pixelColumnsOf(table);
    if (matrix) arrays.push(matrix);
    else if (!pixels) others.push(table);
    else {
      const set = await orLeftOut(table.name, leftOut, () =>
        imagesOfTable(table, pixels, answers, newSpool, leftOut),
      );
      if (set) sets.push(set);
    }
  }
  const images = sets.filter(({ size, count }) => typeof size === 'function' && count === 1);
  const names = new ImageNames(images.map(({ name }) => name));
  const columns: NamedLabels[] = [];
  for (const table of others)
    await orLeftOut(table.name, leftOut, async () => {
      const rows = await textRows(table);
      const reason = rows ? applyNames(table, rows, names, images) : 'is too large to be a table of names';
      if (reason === null) return;
      const labels = rows && images.length === 0 ? labelColumnOf(table, rows) : null;
      if (labels) columns.push({ name: table.name, labels });
      else leftOut.push({ name: table.name, reason });
    });
  return columns;
}

/** Records have numbers for classes; a text beside them may have their names. Returns the texts that name none. */
async function nameRecords(
  sets: readonly ImageSet[],
  notes: readonly SourceFile[],
): Promise<readonly SourceFile[]> {
  const others: SourceFile[] = [];
  for (const note of notes) {
    const names = (await classNamesOf(note)) ?? [];
    const named = sets.filter(
      ({ name, labels }) =>
        labels && placeOf(name) === placeOf(note.name) && labels.of.every((label) => label < names.length),
    );
    for (const set of named) if (set.labels) set.labels = { names, of: set.labels.of };
    if (named.length === 0) others.push(note);
  }
  return others;
}

/** Images without a label have the class of their folder, or of their file's name; none where all would have the same. */
function giveClasses(sets: readonly ImageSet[]): void {
  const without = sets.filter(({ labels }) => labels === null);
  const paths = without.map(({ name }) => name);
  const areArrays =
    without.length > 1 && without.every(({ values }) => values) && without.some(({ count }) => count > 1);
  const byName = areArrays ? classesOfArrayNames(paths) : classesOfFileNames(paths);
  const byFolder = classesOfFolders(paths);
  const isUseful = (names: (string | null)[]) => new Set(names).size > 1;
  const ofFiles = (areArrays ? [byName, byFolder] : [byFolder, byName]).find(isUseful);
  const isAlone = without.length === sets.length;
  without.forEach((set, i) => {
    const name = (ofFiles ?? (isAlone ? undefined : byFolder))?.[i] ?? null;
    if (name !== null) set.labels = { names: [name], of: new Int32Array(set.count) };
  });
  const names = new Set(sets.flatMap(({ labels, count }) => usedNames(labels, count)));
  if (names.size < 2) for (const set of sets) set.labels = null;
}

function usedNames(labels: ImageSet['labels'], count: number): (string | null)[] {
  if (!labels) return [null];
  const used = new Set<string | null>();
  for (let i = 0; i < count; i++) used.add(classNameOf(labels, i));
  return [...used];
}

/**
 * Arrays and tables of one kind of numbers have one range: a single dark image does not tell it. Those whose range is none of
 * levels are left out.
 */
function giveRanges(sets: readonly ImageSet[], leftOut: LeftOut[]): ImageSet[] {
  const refused = new Set<ImageSet>();
  for (const whole of [true, false]) {
    const group = sets.filter(({ values }) => values?.whole === whole);
    const [first] = group;
    if (!first) continue;
    try {
      const range = levelRange(joinedStats(group.flatMap(({ values }) => values ?? [])), first.name);
      for (const set of group) set.range = range;
    } catch (error) {
      for (const set of group) {
        refused.add(set);
        leftOut.push({ ...leftOutBy(error, first.name), name: set.name });
      }
    }
  }
  return sets.filter((set) => !refused.has(set));
}
