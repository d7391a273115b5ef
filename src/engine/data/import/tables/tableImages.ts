import type { NumberArray, NumberType } from '../arrays/numberArray';
import { readImages } from '../arrays/readImages';
import type { Spool } from '../files/byteSource';
import type { Answers, ImageSet } from '../imageSet';
import { type Labels, labelsOfNames } from '../labels';
import { newStats, type ValueStats } from '../levels';
import { ImportError, type LeftOut } from '../pixels';
import { cellBounds, textOf } from './cells';
import { numbersOfRow, numbersOfText } from './numbers';
import { isNumeric, type PixelColumns } from './pixelColumns';
import { type Row, rowsOf } from './rows';
import type { Table } from './table';

/** Damaged rows that are named one by one. */
const NAMED = 20;
/** Values that are kept at a time, about. */
const AT_A_TIME = 2 ** 20;

/**
 * The images of a table, a row each; damaged rows are left out by their numbers. It is read once: its values are kept as an
 * array, of bytes where they fit. Throws ImportError where most rows are damaged.
 */
export async function imagesOfTable(
  table: Table,
  pixels: PixelColumns,
  answers: Answers,
  newSpool: () => Spool,
  leftOut: LeftOut[],
): Promise<ImageSet> {
  const { name, header } = table;
  const { width, height, channels, classes } = pixels;
  const taken = answers[name]?.['class column'] ?? (classes.length > 0 ? 0 : -1);
  const classColumn = classes[taken] ?? null;
  const scanned =
    (await scan(table, pixels, classColumn, bytes, newSpool())) ??
    ((await scan(table, pixels, classColumn, floats, newSpool())) as Scanned);
  const { count, labels, stats, array } = scanned;
  leftOut.push(...scanned.leftOut);
  const titleOf = (column: number) => header?.[column] || `column ${column + 1}`;
  const layout = { width, height, channels, count, inner: width * height * channels, outer: 1, places: null };
  return {
    name,
    count,
    size: [width, height],
    labels,
    values: stats,
    ...(classes.length > 0
      ? {
          choice: {
            about: 'class column',
            titles: [...classes.map(titleOf), 'none'],
            taken: taken < 0 ? classes.length : taken,
          },
        }
      : {}),
    read: (indices, scale) => readImages(array, layout, indices, scale),
  };
}

interface Scanned {
  count: number;
  labels: Labels | null;
  stats: ValueStats;
  array: NumberArray;
  leftOut: LeftOut[];
}

/** How the values of a table are kept. */
interface Keeping {
  type: NumberType;
  room(length: number): Uint8Array | Float32Array;
  /** Whether all values so far are kept as they are. */
  fits(stats: ValueStats): boolean;
}
const bytes: Keeping = {
  type: { kind: 'unsigned', bytes: 1, bigEndian: false },
  room: (length) => new Uint8Array(length),
  fits: ({ low, high, whole }) => whole && low >= 0 && high <= 255,
};
const floats: Keeping = {
  type: { kind: 'real', bytes: 4, bigEndian: false },
  room: (length) => new Float32Array(length),
  fits: () => true,
};

/** Reads all rows; null where their values are not to be kept in this way. */
async function scan(
  table: Table,
  pixels: PixelColumns,
  classColumn: number | null,
  keeping: Keeping,
  spool: Spool,
): Promise<Scanned | null> {
  const { name, source, start, header } = table;
  const reader = new PixelReader(table, pixels);
  const { length } = reader;
  const stats = newStats();
  const problems: LeftOut[] = [];
  const names: (string | null)[] = [];
  const known = new Map<string, string>();
  const hasNumbers = classColumn !== null && isNumeric(table, classColumn);
  const most = Math.max(1, Math.floor(AT_A_TIME / length));
  let kept = keeping.room(most * length);
  let [index, damaged, held] = [0, 0, 0];
  const flush = async () => {
    await spool.write(new Uint8Array(kept.buffer, 0, held * length * keeping.type.bytes));
    kept = keeping.room(most * length);
    held = 0;
  };
  for await (const rows of rowsOf(source, name, start)) {
    for (const row of rows) {
      const problem = reader.read(row);
      if (problem !== null) {
        damaged++;
        if (problems.length < NAMED)
          problems.push({ name, reason: `, line ${index + (header ? 2 : 1)}${problem}` });
      } else {
        reader.keep(kept, held++ * length, stats);
        if (held === most) await flush();
        if (classColumn !== null) {
          const text = reader.textOf(row, classColumn, hasNumbers);
          // The same string for the same class: tables have tens of thousands of rows.
          const own = known.get(text) ?? text;
          known.set(own, own);
          names.push(own === '' ? null : own);
        }
      }
      index++;
    }
    if (!keeping.fits(stats)) return null;
  }
  const [first] = problems;
  if (first && damaged > index / 2) throw new ImportError(`${name}${first.reason}.`);
  if (damaged > problems.length)
    problems.push({ name, reason: `, ${damaged - problems.length} more lines: the same` });
  const count = index - damaged;
  await flush();
  return {
    count,
    labels: classColumn === null ? null : labelsOfNames(names),
    stats,
    array: {
      ...{ name, type: keeping.type, fortran: false, start: 0 },
      shape: [count, length],
      source: await spool.end(),
    },
    leftOut: problems,
  };
}

/** Reads the pixels of a table's rows one after another. */
class PixelReader {
  #table: Table;
  #pixels: PixelColumns;
  /** The numbers of the row, or of its cell of pixels. */
  #numbers: Float64Array;
  /** Those that are pixels, and their places. */
  #columns: Int32Array;
  #places: Int32Array;

  constructor(table: Table, pixels: PixelColumns) {
    this.#table = table;
    this.#pixels = pixels;
    const { places, cell } = pixels;
    this.#numbers = new Float64Array(cell === null ? table.columns : places.length);
    this.#columns = Int32Array.from(places.keys()).filter((column) => (places[column] as number) >= 0);
    this.#places = Int32Array.from(this.#columns, (column) => places[column] as number);
  }

  /** How many pixels, times channels, an image has. */
  get length(): number {
    return this.#columns.length;
  }

  /** Null, or what is wrong with the row. */
  read(row: Row): string | null {
    const { cell } = this.#pixels;
    const { delimiter, columns } = this.#table;
    if (cell === null) {
      const count = numbersOfRow(row, delimiter, this.#numbers);
      if (count !== columns) return ` has ${count} columns, but the first has ${columns}`;
      if (this.#areFinite()) return null;
      const column = this.#columns.find((one) => !Number.isFinite(this.#numbers[one])) as number;
      const text = this.#cellText(row, column).slice(0, 20);
      return `, column ${column + 1}${text === '' ? ' is empty' : `: '${text}' is no number`}`;
    }
    const bounds = cellBounds(row, delimiter);
    if (bounds.length !== 2 * columns)
      return ` has ${bounds.length / 2} columns, but the first has ${columns}`;
    const [from, to] = [bounds[2 * cell] as number, bounds[2 * cell + 1] as number];
    const count = numbersOfText(row.bytes, from, to, this.#numbers);
    if (count !== this.#numbers.length) return ` has ${count} pixels, not ${this.#numbers.length}`;
    return this.#areFinite() ? null : `, column ${cell + 1} holds what is no number`;
  }

  #areFinite(): boolean {
    // 0 times NaN or infinity is NaN.
    let sum = 0;
    for (let i = 0; i < this.#columns.length; i++)
      sum += 0 * (this.#numbers[this.#columns[i] as number] as number);
    return sum === 0;
  }

  /** The text of a column of the row that was read last; of numbers, as they are. */
  textOf(row: Row, column: number, isNumber: boolean): string {
    if (!isNumber || this.#pixels.cell !== null) return this.#cellText(row, column);
    const number = this.#numbers[column] as number;
    return Number.isNaN(number) ? this.#cellText(row, column) : String(number);
  }

  #cellText(row: Row, column: number): string {
    const bounds = cellBounds(row, this.#table.delimiter);
    return textOf(row.bytes, bounds[2 * column] ?? 0, bounds[2 * column + 1] ?? 0);
  }

  /** Puts the pixels of the row that was read last to their places from `start` on, and takes them into account. */
  keep(kept: Uint8Array | Float32Array, start: number, stats: ValueStats): void {
    const [numbers, columns, places] = [this.#numbers, this.#columns, this.#places];
    const { seen } = stats;
    let { low, high, whole } = stats;
    for (let i = 0; i < columns.length; i++) {
      const value = numbers[columns[i] as number] as number;
      kept[start + (places[i] as number)] = value;
      if (value < low) low = value;
      if (value > high) high = value;
      // Of a number that is not whole, or beyond, this writes nothing.
      if ((value | 0) === value) {
        if (value >= 0 && value < 256) seen[value] = 1;
      } else whole &&= Number.isInteger(value);
    }
    stats.low = low;
    stats.high = high;
    stats.whole = whole;
  }
}
