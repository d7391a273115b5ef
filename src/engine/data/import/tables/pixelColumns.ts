import { SMALLEST_SIDE } from '../arrays/layouts';
import { newStats } from '../levels';
import { numbersOfText } from './numbers';
import type { Table } from './table';

/** Where a table has the pixels of its images. */
export interface PixelColumns {
  width: number;
  height: number;
  channels: 1 | 3;
  /** The place of each column in the image, row by row with the channels side by side; −1 for one that is no pixel. */
  places: Int32Array;
  /** The column whose cells hold all pixels of an image; then the places are of the numbers in it. */
  cell: number | null;
  /** Columns that may hold the class, the likeliest first. */
  classes: number[];
}

/** Columns that are not called pixels are only believed to be such from this side on: tables have 16 or 25 numbers of any kind. */
const SMALLEST_UNNAMED = 8;
const MOST_OTHERS = 4;
const PIXEL_NAME = /^(p|px|pix|pixels?|(row|r)[_ ]?\d+|\d*)$/i;

const CLASS_NAME =
  /^(label|lbl|class|target|y|category|emotion|digit|letter|character|species|breed|kind|dx|clase|(class|label|target|category)[ _]?(id|name|label|index)?)s?$/i;
const INDEX_NAME = /^(|unnamed.*|ids?|index|idx|no|nr|row|(img|image)_?id)$/i;
const SPLIT_NAME = /^(usage|split|set|subset|fold|partition|purpose)$/i;

export const namesClass = (name: string) => CLASS_NAME.test(name.trim());

/** The pixels of a table of images; null where it is a table of something else. */
export function pixelColumnsOf(table: Table): PixelColumns | null {
  if (table.sample.rows.length === 0) return null;
  return byHeader(table) ?? byColumns(table) ?? inOneCell(table);
}

/** Columns that a header counts, such as pixel0, pixel1 … or r0, g0, b0 … */
function byHeader(table: Table): PixelColumns | null {
  const { header } = table;
  if (!header) return null;
  const groups = new Map<string, number[]>();
  header.forEach((name, column) => {
    const prefix = /^(.*?)[\s_.\-x]*\d/i.exec(name.trim())?.[1]?.toLowerCase();
    if (prefix === undefined || !isNumeric(table, column)) return;
    groups.set(prefix, [...(groups.get(prefix) ?? []), column]);
  });
  const ofChannel = (channel: string) =>
    [...groups].find(([prefix]) => channelOf(prefix) === channel)?.[1] ?? [];
  const planes = ['r', 'g', 'b'].map(ofChannel);
  const [red = []] = planes;
  if (red.length > 0 && planes.every((plane) => plane.length === red.length)) return rgb(table, planes);
  const [name = '', largest = []] = [...groups].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  const letters = ['r', 'g', 'b'].map((channel) =>
    largest.filter((column) => channelOf(header[column] as string) === channel),
  );
  if (letters.every((plane) => plane.length > 0 && 3 * plane.length === largest.length))
    return rgb(table, letters);
  return ofColumns(table, largest, PIXEL_NAME.test(name) ? SMALLEST_SIDE : SMALLEST_UNNAMED);
}

/** The channel that a name of a column ends or begins with: r0, pixel_0_g, blue12. */
function channelOf(name: string): string | null {
  return /(?:^|[^a-z])(r|g|b)(?:ed|reen|lue)?(?:[^a-z]|$)/i.exec(name)?.[1]?.toLowerCase() ?? null;
}

function rgb(table: Table, planes: number[][]): PixelColumns | null {
  const side = Math.sqrt(planes[0]?.length ?? 0);
  if (!Number.isInteger(side) || side < SMALLEST_SIDE) return null;
  const places = new Int32Array(table.columns).fill(-1);
  planes.forEach((plane, channel) => {
    plane.forEach((column, pixel) => {
      places[column] = 3 * pixel + channel;
    });
  });
  return { width: side, height: side, channels: 3, places, cell: null, classes: classColumns(table, places) };
}

/** The longest run of numbers; what is too much of it at its ends is class, index, or another number of each image. */
function byColumns(table: Table): PixelColumns | null {
  const run = longestRun(table);
  let best: { columns: number[]; score: number } | null = null;
  const highest = highestOf(table, run);
  for (let front = 0; front <= MOST_OTHERS; front++)
    for (let back = 0; front + back <= MOST_OTHERS; back++) {
      const columns = run.slice(front, run.length - back);
      if (!sidesOf(columns.length, SMALLEST_UNNAMED)) continue;
      const others = [...run.slice(0, front), ...run.slice(run.length - back)];
      const hidden = columns.filter((column) => namesClass(table.header?.[column] ?? '')).length;
      const score =
        others.reduce(
          (sum, column) =>
            sum + Math.max(likelihoodOf(table, column, highest), indexLikelihood(table, column)),
          0,
        ) -
        1.5 * others.length -
        5 * hidden;
      if (!best || score > best.score) best = { columns, score };
    }
  return best && ofColumns(table, best.columns, SMALLEST_UNNAMED);
}

function ofColumns(table: Table, columns: readonly number[], smallest: number): PixelColumns | null {
  const sides = sidesOf(columns.length, smallest);
  if (!sides) return null;
  const { side, channels } = sides;
  const places = new Int32Array(table.columns).fill(-1);
  const order = channels === 3 && isPlanar(table, columns) ? planarPlaces(side) : null;
  columns.forEach((column, i) => {
    places[column] = order ? (order[i] as number) : i;
  });
  return { width: side, height: side, channels, places, cell: null, classes: classColumns(table, places) };
}

/** A cell with all pixels of an image, as in FER-2013. */
function inOneCell(table: Table): PixelColumns | null {
  const rows = table.sample.rows.slice(0, 20).map((_, row) => table.sample.texts(row));
  for (let column = 0; column < table.columns; column++) {
    const counts = rows.map((texts) => numbersIn(texts[column] ?? ''));
    const [count = 0] = counts;
    const sides = sidesOf(count, SMALLEST_SIDE);
    if (!sides || counts.some((other) => other !== count)) continue;
    const used = new Int32Array(table.columns).fill(-1);
    used[column] = 0;
    return {
      ...{ width: sides.side, height: sides.side, channels: sides.channels, cell: column },
      places: Int32Array.from({ length: count }, (_, i) => i),
      classes: classColumns(table, used),
    };
  }
  return null;
}

/** How many numbers a text holds; 0 where it holds anything else. */
function numbersIn(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const numbers = new Float64Array(bytes.length);
  const count = numbersOfText(bytes, 0, bytes.length, numbers);
  return numbers.subarray(0, count).some(Number.isNaN) ? 0 : count;
}

function sidesOf(count: number, smallest: number): { side: number; channels: 1 | 3 } | null {
  const side = Math.sqrt(count);
  if (Number.isInteger(side) && side >= smallest) return { side, channels: 1 };
  const third = Math.sqrt(count / 3);
  return Number.isInteger(third) && third >= SMALLEST_UNNAMED ? { side: third, channels: 3 } : null;
}

const planarPlaces = (side: number) =>
  Array.from({ length: 3 * side * side }, (_, i) => 3 * (i % (side * side)) + Math.floor(i / (side * side)));

/** Whether the planes of the channels lie one after another: then neighbours in the row resemble each other clearly more. */
function isPlanar({ sample }: Table, columns: readonly number[]): boolean {
  const difference = (step: number) => {
    let sum = 0;
    for (const row of sample.numbers)
      for (let i = 0; i + step < columns.length; i++)
        sum += Math.abs((row[columns[i] as number] as number) - (row[columns[i + step] as number] as number));
    return sum;
  };
  return difference(1) < 0.75 * difference(3);
}

function longestRun(table: Table): number[] {
  let [best, run]: [number[], number[]] = [[], []];
  for (let column = 0; column < table.columns; column++) {
    run = isNumeric(table, column) ? [...run, column] : [];
    if (run.length > best.length) best = run;
  }
  return best;
}

/** Whether the sampled cells of a column are numbers: some may be damaged. */
export function isNumeric({ sample }: Table, column: number): boolean {
  const numeric = sample.numbers.filter((row) => !Number.isNaN(row[column])).length;
  return numeric > 0 && numeric >= 0.3 * sample.numbers.length;
}

function valuesOf({ sample }: Table, column: number): number[] {
  return sample.numbers.map((row) => row[column] as number).filter((value) => !Number.isNaN(value));
}

function highestOf(table: Table, columns: readonly number[]): number {
  const inner = columns.slice(MOST_OTHERS, -MOST_OTHERS);
  const stats = newStats();
  for (const row of table.sample.numbers)
    for (const column of inner) stats.high = Math.max(stats.high, row[column] as number);
  return stats.high;
}

/** The columns that are no pixels and may be classes, the likeliest first. */
function classColumns(table: Table, places: Int32Array): number[] {
  const highest = highestOf(
    table,
    Array.from(places.keys()).filter((column) => (places[column] as number) >= 0),
  );
  return Array.from({ length: table.columns }, (_, column) => column)
    .filter((column) => (places[column] as number) < 0)
    .map((column) => ({ column, score: classLikelihood(table, column, highest) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ column }) => column);
}

/** Above 0 where a column may hold the class of each image. */
function classLikelihood(table: Table, column: number, highest: number): number {
  const name = table.header?.[column] ?? null;
  if (name !== null && SPLIT_NAME.test(name)) return 0;
  if (isNumeric(table, column)) {
    const index = indexLikelihood(table, column);
    const score = likelihoodOf(table, column, highest);
    return index > 1 && score < 4 ? 0 : score - index / 2;
  }
  const texts = table.sample.rows.map((_, row) => table.sample.texts(row)[column] ?? '');
  const different = new Set(texts).size;
  if (texts.every((text) => /^(training|train|test|publictest|privatetest|val|validation)$/i.test(text)))
    return 0;
  if (different === texts.length && texts.length > 20) return 0;
  return (name !== null && namesClass(name) ? 4 : 1) + (different <= texts.length / 2 ? 1 : 0);
}

/** How much a column of numbers looks like classes: whole, few, from 0 or 1 on without gaps, or beyond all levels. */
function likelihoodOf(table: Table, column: number, highest: number): number {
  const name = table.header?.[column] ?? '';
  const values = valuesOf(table, column);
  if (values.some((value) => !Number.isInteger(value))) return -5;
  const different = new Set(values).size;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const named = namesClass(name) ? 3 : 0;
  if (different === 1) return 0.5 + named;
  const few =
    different <= values.length / 2 ? 1 : different > 0.8 * values.length && values.length > 20 ? -1 : 0;
  const gapless = different === high - low + 1 && (low === 0 || low === 1) ? 1 : 0;
  return 1 + named + few + gapless + (high > highest ? 1 : 0);
}

/** How much a column only counts the rows. */
function indexLikelihood(table: Table, column: number): number {
  const values = valuesOf(table, column).slice(0, 100);
  const counts = values.length > 2 && values.every((value, i) => value === (values[0] as number) + i);
  if (!counts) return 0;
  return table.header && INDEX_NAME.test(table.header[column]?.trim() ?? '') ? 3 : 1;
}
