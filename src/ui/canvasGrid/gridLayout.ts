/** Where the pictures of a grid lie, in whole device pixels, so that every edge is sharp. */
export interface GridLayout {
  columns: number;
  rows: number;
  /** Side of the square that a picture has to itself, and the space to the next. */
  cell: number;
  gap: number;
  /** Side of the picture as it is drawn, centred in its cell. */
  drawn: number;
  width: number;
  height: number;
}

/** Less than this share of the cell, and a picture is enlarged by a fraction instead of a whole factor. */
const leastShare = 0.88;

/** The grid of `count` pictures of `size` pixels that fits `width`. Pixels are whole squares wherever that fills the cell. */
export function gridLayout(
  width: number,
  columns: number,
  count: number,
  size: number,
  gap: number,
): GridLayout {
  const cell = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns));
  const rows = Math.ceil(count / columns);
  const whole = Math.floor(cell / size) * size;
  return {
    columns,
    rows,
    cell,
    gap,
    drawn: whole >= leastShare * cell ? whole : cell,
    width: columns * cell + (columns - 1) * gap,
    height: rows * cell + Math.max(0, rows - 1) * gap,
  };
}

/** The left upper corner of a picture as it is drawn. */
export function pictureCorner({ columns, cell, gap, drawn }: GridLayout, index: number): [number, number] {
  const inset = Math.floor((cell - drawn) / 2);
  return [(index % columns) * (cell + gap) + inset, Math.floor(index / columns) * (cell + gap) + inset];
}
