import type { ImageSet } from '../imageSet';
import { type Labels, labelsOfNames } from '../labels';
import { baseOf, foldersOf, namesASplit, splitOfName } from '../names';
import { limits } from '../pixels';
import { cellTexts } from './cells';
import { namesClass } from './pixelColumns';
import { rowsOf } from './rows';
import type { Table } from './table';

/** Rows of a table that speak of images are few beside those of a table of pixels. */
const MOST_ROWS = 2_000_000;
/** More images than this have not each a class of their own. */
const FEW = 20;

/** The rows of a table as texts, all of them; null where it is too large to be one of names. */
export async function textRows({
  name,
  source,
  start,
  delimiter,
  columns,
}: Table): Promise<string[][] | null> {
  if (source.size > limits.bytes / 4) return null;
  const texts: string[][] = [];
  for await (const rows of rowsOf(source, name, start))
    for (const row of rows) {
      const cells = cellTexts(row, delimiter);
      if (cells.length === columns) texts.push(cells);
      if (texts.length > MOST_ROWS) return null;
    }
  return texts;
}

/** The paths of images, to be found by what tables call them. */
export class ImageNames {
  #byName = new Map<string, number[]>();
  #paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    paths.forEach((path, index) => {
      const base = baseOf(path).normalize().toLowerCase();
      for (const key of new Set([base, withoutSuffix(base)])) {
        const others = this.#byName.get(key);
        if (others) others.push(index);
        else this.#byName.set(key, [index]);
      }
    });
  }

  get size(): number {
    return this.#paths.length;
  }

  /** The images that a cell names, with or without folders and suffix; several where they differ in folders it does not name. */
  find(cell: string): readonly number[] {
    const path = cell
      .replaceAll('\\', '/')
      .replace(/^\.?\//, '')
      .normalize()
      .toLowerCase();
    if (path === '') return [];
    const found =
      this.#byName.get(baseOf(path)) ?? this.#byName.get(baseOf(path).replace(/^0+(?=.)/, '')) ?? [];
    if (!path.includes('/')) return found;
    return found.filter((index) => {
      const whole = `/${(this.#paths[index] as string).normalize().toLowerCase()}`;
      return whole.endsWith(`/${path}`) || withoutSuffix(whole).endsWith(`/${path}`);
    });
  }
}

const withoutSuffix = (path: string) => path.replace(/\.[a-z]+$/, '');

/**
 * Gives images the classes that a table tells for their names. Null where it did, else what the table is, as a phrase.
 */
export function applyNames(
  table: Table,
  rows: readonly string[][],
  names: ImageNames,
  images: readonly ImageSet[],
): string | null {
  const other = 'is a table of neither images nor classes of images';
  const named = rows.length === 0 ? null : nameColumnOf(rows, names);
  if (!named) return other;
  // What a competition wants back is no truth.
  if (/submission/i.test(baseOf(table.name)))
    return 'is an example of what to hand in, not the classes of images';
  const classes = classesOfRows(table.header, rows, named.column);
  if (typeof classes === 'string') return classes;
  let given = 0;
  named.images.forEach((found, row) => {
    const name = classes[row] as string;
    const meant = meantOf(table.name, found, images);
    if (meant === null || name === '') return;
    (images[meant] as ImageSet).labels = labelsOfNames([name]);
    given++;
  });
  return given > 0 ? null : other;
}

/** The image that a row means of several with the same name: that of the table's part of the data, or of its training part. */
function meantOf(tableName: string, found: readonly number[], images: readonly ImageSet[]): number | null {
  if (found.length < 2) return found[0] ?? null;
  const split = splitOfName(tableName) ?? 'train';
  const own = found.filter((index) =>
    foldersOf((images[index] as ImageSet).name).some(
      (folder) => namesASplit(folder) && splitOfName(folder) === split,
    ),
  );
  return own.length === 1 ? (own[0] as number) : null;
}

/** The class of each row of a table, by its column, or by several columns of which one is 1; a phrase where there is none. */
export function classesOfRows(
  header: string[] | null,
  rows: readonly string[][],
  nameColumn: number,
): string[] | string {
  const columns = (rows[0] ?? []).map((_, column) => column).filter((column) => column !== nameColumn);
  const named = columns.find((column) => namesClass(header?.[column] ?? ''));
  const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));
  const texts = columns.filter((column) => !rows.every((row) => isNumber(row[column] as string)));
  const of = (column: number) => rows.map((row) => row[column] as string);
  const different = (column: number) => new Set(of(column)).size;
  const repeated = texts.filter((column) => different(column) > 1 && different(column) < rows.length);
  const column = named ?? repeated[0] ?? texts[0] ?? (columns.length === 1 ? columns[0] : undefined);
  if (column !== undefined) {
    const classes = of(column);
    if (classes.some((cell) => /^-?\d*\.\d*[1-9]/.test(cell)) && texts.length === 0)
      return 'is a table of numbers of each image, which are no classes';
    if (rows.length > 2 && different(column) === 1) return 'gives all images the same class';
    if (named === undefined && rows.length > FEW && different(column) > rows.length / 2)
      return 'tells something else of almost every image, which is no class';
    return classes;
  }
  return oneOfColumns(header, rows, columns);
}

function oneOfColumns(
  header: string[] | null,
  rows: readonly string[][],
  columns: number[],
): string[] | string {
  const classes: string[] = [];
  for (const row of rows) {
    const ones = columns.filter((column) => Number(row[column]) === 1);
    const isOne = ones.length === 1 && columns.every((column) => [0, 1].includes(Number(row[column])));
    if (!isOne || !header) return 'is a table of several values of each image, which are no classes';
    classes.push(header[ones[0] as number] as string);
  }
  return classes;
}

/** The column that names images, and for each row the images that it names; null where no column does. */
export function nameColumnOf(
  rows: readonly string[][],
  names: ImageNames,
): { column: number; images: (readonly number[])[] } | null {
  const columns = rows[0]?.length ?? 0;
  let best: { column: number; images: (readonly number[])[]; found: number } | null = null;
  for (let column = 0; column < columns; column++) {
    const images = rows.map((row) => names.find(row[column] as string));
    const found = images.filter(({ length }) => length > 0).length;
    // The names of a column differ; numbers that happen to be names of images come again.
    const isOwn = new Set(rows.map((row) => row[column])).size > 0.9 * rows.length;
    if (found > 0 && isOwn && found > (best?.found ?? 0)) best = { column, images, found };
  }
  return best && best.found >= Math.min(rows.length, names.size) / 2 ? best : null;
}

/** A column of labels for an array that has as many images as the table rows; null where no column can be. */
export function labelColumnOf({ header }: Table, rows: readonly string[][]): Labels | null {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || columns > 3) return null;
  const counts = (column: number) =>
    rows.every((row, i) => Number(row[column]) === Number(rows[0]?.[column]) + i);
  const candidates = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => columns === 1 || !counts(column),
  );
  const column =
    candidates.find((one) => namesClass(header?.[one] ?? '')) ??
    (candidates.length === 1 ? candidates[0] : undefined);
  if (column === undefined) return null;
  const texts = rows.map((row) => row[column] as string);
  if (texts.some((text) => /^-?\d+\.\d*[1-9]\d*$/.test(text))) return null;
  return labelsOfNames(texts);
}
