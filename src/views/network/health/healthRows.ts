import type { StepHealth } from '../../../engine/network/healthMonitor';
import type { LayerHealth } from '../../../engine/network/layerHealth';
import type { ModelConfig } from '../../../engine/unet/config';
import { layersOf } from '../../../engine/unet/layers';
import { formatQuantity } from '../../../ui/formatQuantity';

/** What the heat strip can show. */
export interface HealthQuantity {
  title: string;
  of(layer: LayerHealth): number;
  format(value: number): string;
  /** −1 … 1: what the colour stands for; `all` are all values that are shown. */
  colour(value: number, all: { least: number; most: number }): number;
}

/** Where 0 is the least and 1 the most that is shown, by size. */
function between(value: number, { least, most }: { least: number; most: number }): number {
  if (value <= 0 || most <= least) return 0;
  return Math.log(value / least) / Math.log(most / least);
}

/** A common ratio of update to weight. */
const COMMON_RATIO = 1e-3;

export const healthQuantities = {
  weight: { title: 'Weights', of: ({ weight }) => weight, format: formatQuantity, colour: between },
  gradient: { title: 'Gradients', of: ({ gradient }) => gradient, format: formatQuantity, colour: between },
  ratio: {
    title: 'Update ratio',
    of: ({ update, weight }) => update / weight,
    format: formatQuantity,
    // A hundred times as much is the end of the scale, on both sides.
    colour: (value) => Math.max(-1, Math.min(1, Math.log10(value / COMMON_RATIO) / 2)),
  },
  dead: {
    title: 'Dead channels',
    of: ({ dead }) => dead,
    format: (value) => `${Math.round(100 * value)} %`,
    colour: (value) => -value,
  },
} satisfies Record<string, HealthQuantity>;

export type HealthQuantityId = keyof typeof healthQuantities;

/** Names of the layers in the order in which their health is measured. */
export function healthLayers(config: ModelConfig): string[] {
  return layersOf(config)
    .filter(({ trained }) => trained)
    .map(({ name }) => name);
}

/** Layers that follow one another in a block: where the block begins, and how many rows it has. */
export function blocksOfRows(layers: readonly string[]): { block: string; begin: number; count: number }[] {
  const blocks: { block: string; begin: number; count: number }[] = [];
  for (const [row, layer] of layers.entries()) {
    const [side, number, ...rest] = layer.split('.');
    const block = rest.length > 0 || side === 'middle' ? `${side}.${number}` : (side as string);
    const newest = blocks.at(-1);
    if (newest?.block === block) newest.count++;
    else blocks.push({ block, begin: row, count: 1 });
  }
  return blocks;
}

/** Colours of all measurements, −1 … 1, a row a layer and a column a measurement. */
export function heatMap(history: readonly StepHealth[], { of, colour }: HealthQuantity): Float32Array {
  const columns = history.length;
  const rows = history[0]?.layers.length ?? 0;
  const values = history.map(({ layers }) => layers.map(of));
  const positive = values.flat().filter((value) => value > 0);
  const all = {
    least: positive.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    most: positive.reduce((a, b) => Math.max(a, b), 0),
  };
  const map = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++)
      map[row * columns + column] = colour((values[column] as number[])[row] as number, all);
  }
  return map;
}
