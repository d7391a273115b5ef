import type { Bitmap } from '../pixels';

/** Smaller "images" are never believed: they are numbers of another kind. */
export const SMALLEST_SIDE = 4;
/** Nor is a smaller array of rows and columns an image: it is a table. */
const SMALLEST_ALONE = 8;

type Role = 'image' | 'row' | 'column' | 'channel';

/** An axis in the order of the file, the one that changes slowest first. */
interface Axis {
  role: Role;
  size: number;
}

/** How images lie in an array of numbers. */
export interface Layout {
  count: number;
  width: number;
  height: number;
  channels: Bitmap['channels'];
  /**
   * The value of image n is at (before · count + n) · inner + after in the file; the place in the image, row by row with its
   * channels side by side, is places[before · inner + after]. Null where that is the same.
   */
  inner: number;
  outer: number;
  places: Int32Array | null;
  /** Short, for a choice among several. */
  title: string;
  /** How likely it is by the shape alone; larger is likelier. */
  score: number;
}

/** All ways in which an array of this shape can be images, the likeliest first. */
export function layoutsOf(shape: readonly number[], fortran: boolean): Layout[] {
  const layouts = candidatesOf(shape).flatMap(({ groups, score, planar }) => {
    const layout = layoutOf(fortran ? [...groups].reverse() : groups, score, planar);
    return layout ? [layout] : [];
  });
  return layouts.sort((a, b) => b.score - a.score);
}

interface Candidate {
  /** For each axis of the shape what it holds: one role, or several where it is flat. */
  groups: Axis[][];
  score: number;
  planar?: boolean;
}

function candidatesOf(shape: readonly number[]): Candidate[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = shape;
  const list: Candidate[] = [];
  const add = (score: number, ...groups: Axis[][]) => list.push({ groups, score });
  const image = (size: number): Axis[] => [{ role: 'image', size }];
  const row = (size: number): Axis[] => [{ role: 'row', size }];
  const column = (size: number): Axis[] => [{ role: 'column', size }];
  const channel = (size: number): Axis[] => [{ role: 'channel', size }];
  const isChannels = (size: number) => size === 1 || size === 3 || size === 4;
  const addFlat = (score: number, before: Axis[][], flat: number, after: Axis[][] = []) => {
    const side = Math.sqrt(flat);
    if (Number.isInteger(side)) add(score, ...before, [...row(side), ...column(side)], ...after);
    const third = Math.sqrt(flat / 3);
    if (!Number.isInteger(third) || after.length > 0 || before.length > 1) return;
    const sides = [...row(third), ...column(third)];
    list.push({ groups: [...before, [...channel(3), ...sides]], score, planar: true });
    list.push({ groups: [...before, [...sides, ...channel(3)]], score: score - 0.5, planar: false });
  };
  if (shape.length === 2) {
    addFlat(5, [image(a)], b);
    // A square is rather one image than as many flat ones as it has rows.
    if (Math.min(a, b) >= SMALLEST_ALONE) add(a === b ? 7 : 4, row(a), column(b));
  }
  if (shape.length === 3) {
    add(5, image(a), row(b), column(c));
    if (isChannels(c)) add(c === 4 ? 4 : 6, row(a), column(b), channel(c));
    if (a === 3) add(6, channel(a), row(b), column(c));
    if (a === b) add(3, row(a), column(b), image(c));
    if (isChannels(c)) addFlat(4.5, [image(a)], b, [channel(c)]);
    if (isChannels(b)) addFlat(4.5, [image(a), channel(b)], c);
    addFlat(3, [image(a), image(b)], c);
  }
  if (shape.length === 4) {
    if (isChannels(d)) add(6, image(a), row(b), column(c), channel(d));
    if (isChannels(b)) add(b === 4 ? 4.5 : 6, image(a), channel(b), row(c), column(d));
    if (isChannels(c) && a === b) add(4.5, row(a), column(b), channel(c), image(d));
    add(3, image(a), image(b), row(c), column(d));
  }
  if (shape.length === 5) {
    if (isChannels(e)) add(5, image(a), image(b), row(c), column(d), channel(e));
    if (isChannels(c)) add(4.5, image(a), image(b), channel(c), row(d), column(e));
  }
  return list;
}

function layoutOf(groups: readonly Axis[][], score: number, planar?: boolean): Layout | null {
  const axes = groups.flat();
  const size = (role: Role) =>
    axes.filter((axis) => axis.role === role).reduce((product, axis) => product * axis.size, 1);
  const [count, height, width, channels] = [size('image'), size('row'), size('column'), size('channel')];
  if (count < 1 || height < SMALLEST_SIDE || width < SMALLEST_SIDE) return null;
  const first = axes.findIndex(({ role }) => role === 'image');
  const last = axes.findLastIndex(({ role }) => role === 'image');
  // Axes of images that lie apart have no use.
  if (axes.slice(first, last + 1).some(({ role }) => first >= 0 && role !== 'image')) return null;
  const before = first < 0 ? [] : axes.slice(0, first);
  const after = axes.slice(last + 1);
  const product = (some: Axis[]) => some.reduce((total, axis) => total * axis.size, 1);
  const ratio = Math.abs(Math.log2(height / width));
  return {
    ...{ count, height, width, channels: channels as Bitmap['channels'] },
    outer: product(before),
    inner: product(after),
    places: placesOf([...before, ...after], width, channels),
    title: `${count.toLocaleString('en')} of ${width}×${height}${channelTitle(channels, planar)}`,
    score: score - 2 * ratio - (ratio > 2 ? 3 : 0),
  };
}

function channelTitle(channels: number, planar?: boolean): string {
  if (channels === 1) return ', grey';
  const order = planar === undefined ? '' : planar ? ', a plane a channel' : ', channels side by side';
  return `, ${channels === 3 ? 'RGB' : 'RGBA'}${order}`;
}

/** For each value of an image, in the order of the file, its place in the image; null where they are the same. */
function placesOf(axes: readonly Axis[], width: number, channels: number): Int32Array | null {
  const strides = { row: width * channels, column: channels, channel: 1, image: 0 };
  let places = [0];
  for (const { role, size } of axes)
    places = places.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * strides[role]));
  return places.every((place, i) => place === i) ? null : Int32Array.from(places);
}
