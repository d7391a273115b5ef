/** A pixel of an image. */
export interface Cell {
  x: number;
  y: number;
}

/** The pixels from one to another, both among them, without a gap (Bresenham). */
export function lineCells(from: Cell, to: Cell): Cell[] {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = steps === 0 ? 0 : i / steps;
    return {
      x: Math.round(from.x + share * (to.x - from.x)),
      y: Math.round(from.y + share * (to.y - from.y)),
    };
  });
}

/** The pixels under a brush `width` pixels wide: a square, from 3 on without its corners; inside the image. */
export function brushCells({ x, y }: Cell, width: number, size: number): Cell[] {
  const cells: Cell[] = [];
  const first = -Math.floor((width - 1) / 2);
  for (let dy = first; dy < first + width; dy++) {
    for (let dx = first; dx < first + width; dx++) {
      const atEdge = (d: number) => d === first || d === first + width - 1;
      if (width > 2 && atEdge(dx) && atEdge(dy)) continue;
      const [column, row] = [x + dx, y + dy];
      if (column >= 0 && row >= 0 && column < size && row < size) cells.push({ x: column, y: row });
    }
  }
  return cells;
}

/** Indices, y · size + x, of all pixels that a brush covers on its way from one pixel to another; each once. */
export function strokeIndices(from: Cell, to: Cell, width: number, size: number): number[] {
  const indices = new Set<number>();
  for (const cell of lineCells(from, to))
    for (const { x, y } of brushCells(cell, width, size)) indices.add(y * size + x);
  return [...indices];
}
