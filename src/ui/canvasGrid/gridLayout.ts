/** Where the images of a grid lie, in whole device pixels, so that every edge is sharp. */
export interface GridLayout {
  columns: number;
  rows: number;
  /** Side of an image as it is drawn. */
  side: number;
  /** Space between two rows; between two columns it is this or a pixel more. */
  gap: number;
  width: number;
  height: number;
}

/** Less than this share of the room, and an image is enlarged by a fraction instead of a whole factor. */
const leastShare = 0.88;

/**
 * The grid of `count` images of `size` pixels over the full `width`. A pixel becomes a whole square wherever that
 * uses the room well, and the gaps, at least `leastGap`, take what is left.
 */
export function gridLayout(
  width: number,
  columns: number,
  count: number,
  size: number,
  leastGap: number,
): GridLayout {
  const room = Math.max(1, Math.floor((width - leastGap * (columns - 1)) / columns));
  const whole = Math.floor(room / size) * size;
  const side = whole >= leastShare * room ? whole : room;
  const gap = columns === 1 ? leastGap : Math.floor((width - columns * side) / (columns - 1));
  const rows = Math.ceil(count / columns);
  return { columns, rows, side, gap, width, height: rows * side + Math.max(0, rows - 1) * gap };
}

/** The left upper corner of an image: the last column ends where the grid ends. */
export function imageCorner({ columns, side, gap, width }: GridLayout, index: number): [number, number] {
  const step = columns === 1 ? 0 : (width - side) / (columns - 1);
  return [Math.round((index % columns) * step), Math.floor(index / columns) * (side + gap)];
}
