import type { ModelConfig } from '../unet/config';
import { modulesOf } from '../unet/modules';
import type { Activation } from './activations';

/** Where an attention block looks from one pixel. */
export interface AttentionMap {
  /** Name of the block: `middle.attn`. */
  block: string;
  /** Height and width of the block's maps. */
  size: number;
  /** The query: the pixel of the block that covers the pixel of the image. */
  row: number;
  column: number;
  /** Softmax weight of each key, row-major; they sum to 1. */
  weights: Float32Array;
}

/** A pixel of an image, from its left upper corner. */
export interface Place {
  row: number;
  column: number;
}

/** The pixel of a map of `size` pixels that covers a pixel of the image. Throws for a pixel outside the image. */
export function placeIn(size: number, { imageSize }: ModelConfig, { row, column }: Place): Place {
  const inside = (value: number) => Number.isInteger(value) && value >= 0 && value < imageSize;
  if (!inside(row) || !inside(column))
    throw new Error(`The pixel (${row}, ${column}) is not in an image of ${imageSize} × ${imageSize}.`);
  const within = (value: number) => Math.floor((value * size) / imageSize);
  return { row: within(row), column: within(column) };
}

/**
 * For every attention block, the weights that one pixel of the first image gives to all positions; from the weights
 * observed at attentionPoints.
 */
export function attentionMaps(
  config: ModelConfig,
  seen: ReadonlyMap<string, Activation>,
  place: Place,
): AttentionMap[] {
  return modulesOf(config)
    .filter(({ kind }) => kind === 'attention')
    .map(({ name: block, size }) => {
      const query = placeIn(size, config, place);
      const { data } = seen.get(`${block}.weights`) as Activation;
      const start = (query.row * size + query.column) * size ** 2;
      return { block, size, ...query, weights: data.slice(start, start + size ** 2) };
    });
}
