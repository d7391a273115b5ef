import type { Paths } from '../../engine/points/paths';
import { arrowLength } from './arrows';
import { positionsAt } from './positions';
import type { PointsShown } from './settings';

/** A canvas of size × size device pixels over the plane from −extent to extent. */
export interface Plane {
  context: CanvasRenderingContext2D;
  size: number;
  extent: number;
  /** Device pixels a CSS pixel. */
  ratio: number;
  /** The colour behind a token. */
  color(token: string): string;
}

const fieldColors: Record<PointsShown['shown'], string> = {
  learned: '--series-3',
  exact: '--series-4',
  difference: '--bad',
};

const TAIL = 10;

export function paintDensity({ context, size, color }: Plane, density: Float32Array): void {
  const side = Math.sqrt(density.length);
  const shade = document.createElement('canvas');
  shade.width = side;
  shade.height = side;
  const drawing = shade.getContext('2d');
  if (!drawing) return;
  const most = density.reduce((largest, value) => Math.max(largest, value), 1e-12);
  const image = drawing.createImageData(side, side);
  // The root lets the foot of the density be seen beside its peaks.
  density.forEach((value, i) => {
    image.data[4 * i + 3] = 150 * Math.sqrt(value / most);
  });
  drawing.putImageData(image, 0, 0);
  drawing.globalCompositeOperation = 'source-in';
  drawing.fillStyle = color('--signal');
  drawing.fillRect(0, 0, side, side);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(shade, 0, 0, size, size);
}

export function paintAxes({ context, size, extent, ratio, color }: Plane): void {
  context.strokeStyle = color('--plot-grid');
  context.lineWidth = ratio;
  context.beginPath();
  for (let at = -Math.floor(extent); at <= extent; at++) {
    const place = Math.round(((at / extent + 1) / 2) * size) + 0.5;
    context.moveTo(place, 0);
    context.lineTo(place, size);
    context.moveTo(0, place);
    context.lineTo(size, place);
  }
  context.stroke();
}

export function paintArrows(
  { context, size, ratio, color }: Plane,
  vectors: Float32Array,
  shown: PointsShown['shown'],
  quantity: PointsShown['quantity'],
): void {
  const side = Math.sqrt(vectors.length / 2);
  const cell = size / side;
  context.strokeStyle = color(fieldColors[shown]);
  context.lineWidth = 1.25 * ratio;
  context.lineCap = 'round';
  context.globalAlpha = 0.75;
  context.beginPath();
  for (let i = 0; i < side * side; i++) {
    const [vx, vy] = [vectors[2 * i] as number, vectors[2 * i + 1] as number];
    const magnitude = Math.hypot(vx, vy);
    if (magnitude < 1e-6) continue;
    const length = 0.95 * cell * arrowLength(magnitude, quantity);
    const [ux, uy] = [vx / magnitude, -vy / magnitude];
    const x = ((i % side) + 0.5) * cell - (ux * length) / 2;
    const y = (Math.floor(i / side) + 0.5) * cell - (uy * length) / 2;
    const [tipX, tipY] = [x + ux * length, y + uy * length];
    const head = Math.min(0.35 * length, 4 * ratio);
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    context.moveTo(tipX - head * (ux + 0.6 * uy), tipY - head * (uy - 0.6 * ux));
    context.lineTo(tipX, tipY);
    context.lineTo(tipX - head * (ux - 0.6 * uy), tipY - head * (uy + 0.6 * ux));
  }
  context.stroke();
  context.globalAlpha = 1;
}

export function paintDots(plane: Plane, points: Float32Array, token: string, radius: number): void {
  const { context, ratio, color } = plane;
  context.fillStyle = color(token);
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = placeOf(plane, points[i] as number, points[i + 1] as number);
    context.moveTo(x + radius * ratio, y);
    context.arc(x, y, radius * ratio, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The points at t with the way they came by, paler the longer ago; `length` is how far back in t. */
export function paintPaths(plane: Plane, paths: Paths, t: number, length: number): void {
  const { context, ratio, color } = plane;
  const backwards = (paths.times[0] as number) < (paths.times.at(-1) as number) ? -1 : 1;
  context.strokeStyle = color('--noise');
  context.lineWidth = 1.1 * ratio;
  const now = positionsAt(paths, t);
  let newer = now;
  for (let part = 1; length > 0 && part <= TAIL; part++) {
    const older = positionsAt(paths, t + (backwards * length * part) / TAIL);
    context.globalAlpha = 0.5 * (1 - (part - 1) / TAIL);
    context.beginPath();
    for (let i = 0; i < now.length; i += 2) {
      context.moveTo(...placeOf(plane, newer[i] as number, newer[i + 1] as number));
      context.lineTo(...placeOf(plane, older[i] as number, older[i + 1] as number));
    }
    context.stroke();
    newer = older;
  }
  context.globalAlpha = 0.9;
  paintDots(plane, now, '--noise', 1.9);
  context.globalAlpha = 1;
}

/** The cross of the keyboard's cursor. */
export function paintCursor(plane: Plane, [x, y]: readonly [number, number]): void {
  const { context, ratio, color } = plane;
  const [px, py] = placeOf(plane, x, y);
  context.strokeStyle = color('--text');
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  for (const [dx, dy] of [
    [9, 0],
    [0, 9],
  ] as const) {
    context.moveTo(px - dx * ratio, py - dy * ratio);
    context.lineTo(px + dx * ratio, py + dy * ratio);
  }
  context.stroke();
}

function placeOf({ size, extent }: Plane, x: number, y: number): [number, number] {
  return [((x / extent + 1) / 2) * size, ((1 - y / extent) / 2) * size];
}
