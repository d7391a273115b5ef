import type { ModelConfig } from '../../../engine/unet/config';
import type { ImageBytes } from '../../../store/recording';

/** One image of a batch NHWC. */
export function imageOf(
  batch: ImageBytes,
  index: number,
  { imageSize, imageChannels }: Pick<ModelConfig, 'imageSize' | 'imageChannels'>,
): ImageBytes {
  const length = imageSize ** 2 * imageChannels;
  return batch.subarray(index * length, (index + 1) * length);
}
