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
