import type { ModelConfig } from '../../engine/unet/config';
import type { PictureBytes } from '../../store/recording';

/** One picture of a batch NHWC. */
export function pictureOf(
  batch: PictureBytes,
  index: number,
  { imageSize, imageChannels }: Pick<ModelConfig, 'imageSize' | 'imageChannels'>,
): PictureBytes {
  const length = imageSize ** 2 * imageChannels;
  return batch.subarray(index * length, (index + 1) * length);
}

/** Columns of a grid that is as square as its count allows. */
export function columnsFor(count: number): number {
  return Math.ceil(Math.sqrt(count));
}
