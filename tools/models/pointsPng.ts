import { encode } from 'fast-png';

const SIDE = 200;
/** Half the side of the plane. */
const EXTENT = 3;
const PAPER = 250;

/** A grey PNG of the plane: the data as large pale dots, samples as small dark ones; both are [n, 2]. */
export function pointsPng(data: Float32Array, samples: Float32Array): Uint8Array {
  const levels = new Uint8Array(SIDE * SIDE).fill(PAPER);
  const dot = (x: number, y: number, radius: number, level: number) => {
    const [column, row] = [((x / EXTENT + 1) / 2) * SIDE, ((1 - y / EXTENT) / 2) * SIDE];
    for (let i = Math.ceil(row - radius - 0.5); i <= row + radius - 0.5; i++)
      for (let j = Math.ceil(column - radius - 0.5); j <= column + radius - 0.5; j++) {
        if (i < 0 || j < 0 || i >= SIDE || j >= SIDE) continue;
        if (Math.hypot(i + 0.5 - row, j + 0.5 - column) <= radius) levels[i * SIDE + j] = level;
      }
  };
  for (let i = 0; i < data.length; i += 2) dot(data[i] as number, data[i + 1] as number, 3.5, 205);
  for (let i = 0; i < samples.length; i += 2) dot(samples[i] as number, samples[i + 1] as number, 0.9, 40);
  return encode({ width: SIDE, height: SIDE, data: levels, channels: 1, depth: 8 });
}
