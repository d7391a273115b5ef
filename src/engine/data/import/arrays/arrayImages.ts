import type { Answers, ImageSet } from '../imageSet';
import type { Labels } from '../labels';
import { addToStats, type LevelScale, newStats, type ValueStats } from '../levels';
import { namesLabels, namesOtherThanImages } from '../names';
import { type Bitmap, checkSides, ImportError, type LeftOut, orLeftOut } from '../pixels';
import { labelsOfArray } from './labelArray';
import { type Layout, layoutsOf } from './layouts';
import type { TextArray } from './npy';
import { type NumberArray, numberChunks } from './numberArray';
import { hintName, type NamedLabels, pairLabels, placeOf } from './pairing';
import { readImages } from './readImages';
import { smoothestLayout } from './roughness';

/** An array on its way to a part: its layouts as images, and what it is as labels. */
interface Reader {
  array: NumberArray | TextArray;
  layouts: Layout[];
  labels: Labels | string;
}

/**
 * What arrays hold, judged together by shape, count and content: images, the labels of these, or neither, which is left out.
 * `tables` are columns of labels that tables beside them hold.
 */
export async function imagesOfArrays(
  arrays: readonly (NumberArray | TextArray)[],
  tables: readonly NamedLabels[],
  answers: Answers,
): Promise<{ sets: ImageSet[]; usedTables: ReadonlySet<NamedLabels>; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const readers: Reader[] = [];
  for (const array of arrays) {
    const labels = await orLeftOut(array.name, leftOut, () => labelsOfArray(array));
    if (labels !== undefined) readers.push({ array, layouts: believedLayouts(array), labels });
  }
  const images = readers.filter((reader) => reader.layouts.length > 0 && !isBesideImages(reader, readers));
  const others = readers.filter((reader) => !images.includes(reader));
  const named = [
    ...others.flatMap(({ array, labels }) =>
      typeof labels === 'string'
        ? []
        : [{ name: array.name, labels, isCertain: array.shape.filter((side) => side > 1).length > 1 }],
    ),
    ...tables,
  ];
  const sets: ImageSet[] = [];
  for (const { array, layouts } of images) {
    const set = await orLeftOut(array.name, leftOut, () =>
      imageSet(array as NumberArray, layouts, named, answers),
    );
    if (set) sets.push(set);
  }
  const used = pairLabels(sets, named);
  for (const { array, labels } of others) {
    if (named.some((one) => one.name === array.name && used.has(one))) continue;
    if ('texts' in array && nameClasses(array, sets)) continue;
    leftOut.push({ name: array.name, reason: reasonOf(labels, sets) });
  }
  return { sets, usedTables: new Set(tables.filter((table) => used.has(table))), leftOut };
}

function believedLayouts(array: NumberArray | TextArray): Layout[] {
  if ('texts' in array) return [];
  return layoutsOf(array.shape, array.fortran).filter(({ score }) => score > 0);
}

/** Gives numbered classes the names that an array of texts beside the images lists in their order; whether it does. */
function nameClasses({ name, texts }: TextArray, sets: readonly ImageSet[]): boolean {
  if (new Set(texts).size !== texts.length || !/class|categor|label|name|target/i.test(hintName(name)))
    return false;
  const isIndex = (text: string) => /^\d+$/.test(text) && Number(text) < texts.length;
  const named = sets.filter(
    (set) => placeOf(set.name) === placeOf(name) && set.labels?.names.every(isIndex) === true,
  );
  for (const set of named)
    if (set.labels)
      set.labels = { ...set.labels, names: set.labels.names.map((text) => texts[Number(text)] as string) };
  return named.length > 0;
}

function reasonOf(labels: Labels | string, sets: readonly ImageSet[]): string {
  if (typeof labels === 'string') return labels;
  const count = labels.of.length.toLocaleString('en');
  return sets.some((set) => set.count === labels.of.length)
    ? `has a value for each of ${count} images, but these have their classes already, or it tells none`
    : `has ${count} values, and no array has as many images`;
}

/** Whether an array that could be images says something of the images of another array that has as many. */
function isBesideImages({ array, layouts, labels }: Reader, readers: readonly Reader[]): boolean {
  const count = array.shape[0];
  const place = placeOf(array.name);
  const others = readers.filter(
    (other) =>
      other.array !== array &&
      other.array.shape[0] === count &&
      other.array.shape.length > 1 &&
      other.layouts.some((layout) => layout.count === count),
  );
  if (others.length === 0) return false;
  const near = others.filter((other) => placeOf(other.array.name) === place);
  const isFlat = array.shape.length === 2;
  // One-hot labels, several labels an image, and features.
  if (isFlat && typeof labels !== 'string') return others.some((other) => typeof other.labels === 'string');
  if (isFlat && near.some(({ array: { shape } }) => shape.length > 2)) return true;
  const hint = hintName(array.name);
  if (isFlat && namesLabels(hint)) return true;
  if (isFlat) return near.some(({ array: other }) => (other.shape[1] ?? 0) > (array.shape[1] ?? 0));
  return (
    layouts.some((layout) => layout.count === count) &&
    namesOtherThanImages(hint) &&
    near.some((other) => !namesOtherThanImages(hintName(other.array.name)))
  );
}

async function imageSet(
  array: NumberArray,
  layouts: readonly Layout[],
  labels: readonly NamedLabels[],
  answers: Answers,
): Promise<ImageSet> {
  const { name } = array;
  const hasLabels = (layout: Layout) => labels.some((one) => one.labels.of.length === layout.count);
  const likeliest = await smoothestLayout(array, layouts);
  const labelled = layouts.findIndex(hasLabels);
  const byCount = labelled >= 0 && !hasLabels(layouts[likeliest] as Layout) ? labelled : likeliest;
  const taken = answers[name]?.layout ?? byCount;
  const layout = layouts[taken];
  if (!layout) throw new ImportError(`${name} has no layout number ${taken + 1}.`);
  checkSides(name, layout.width, layout.height);
  const { values, damaged } = await statsOf(array, layout);
  return {
    name,
    count: layout.count,
    size: [layout.width, layout.height],
    labels: null,
    values,
    ...(layouts.length > 1
      ? { choice: { about: 'layout', titles: layouts.map(({ title }) => title), taken } }
      : {}),
    read: (indices, scale) => readSound(array, layout, damaged, indices, scale),
  };
}

/** The values of an array, and the images that hold NaN or infinity. Throws ImportError where most do. */
async function statsOf(
  array: NumberArray,
  { count, inner }: Layout,
): Promise<{ values: ValueStats; damaged: ReadonlySet<number> }> {
  const values = newStats();
  const damaged = new Set<number>();
  let start = 0;
  for await (const chunk of numberChunks(array)) {
    addToStats(values, chunk, (place) => damaged.add(Math.floor((start + place) / inner) % count));
    start += chunk.length;
  }
  if (damaged.size > count / 2)
    throw new ImportError(
      `${array.name} holds NaN or infinity${count > 1 ? ` in ${damaged.size} of its ${count} images` : ''}: replace these values first.`,
    );
  return { values, damaged };
}

async function* readSound(
  array: NumberArray,
  layout: Layout,
  damaged: ReadonlySet<number>,
  indices: ArrayLike<number>,
  scale: LevelScale,
): AsyncGenerator<Bitmap | LeftOut> {
  let next = 0;
  for await (const bitmap of readImages(array, layout, indices, scale)) {
    const index = indices[next++] as number;
    yield damaged.has(index)
      ? { name: array.name, reason: `, image ${(index + 1).toLocaleString('en')}, holds NaN or infinity` }
      : bitmap;
  }
}
