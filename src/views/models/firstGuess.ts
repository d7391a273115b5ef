import { defaultConfig } from '../../engine/checkpoint/inferConfig';
import type { InferredConfig, MissingConfig } from '../../engine/checkpoint/stateDictFile';
import type { ModelConfig } from '../../engine/unet/config';

/** What a state dict most likely has of what it does not tell, where no clue says more: images like those on the page. */
export function firstGuess(
  { imageChannels, nChannels, clues }: InferredConfig,
  onPage: ModelConfig,
): MissingConfig {
  const imageSize = imageChannels === onPage.imageChannels ? onPage.imageSize : 32;
  return { imageSize, ...defaultConfig(nChannels), ...clues };
}
