import type { ToldConfig, UntoldConfig } from '../../engine/checkpoint/stateDictFile';
import type { ModelConfig } from '../../engine/unet/config';

/** What a state dict most likely has of what it does not tell: the reference's values, and pictures like those on the page. */
export function firstGuess({ imageChannels, nChannels }: ToldConfig, onPage: ModelConfig): UntoldConfig {
  return {
    imageSize: imageChannels === onPage.imageChannels ? onPage.imageSize : 32,
    nSteps: 1000,
    nGroups: groupsOf(nChannels, 32),
    nFinalGroups: groupsOf(nChannels, 8),
    dropout: 0.1,
    schedule: 'linear',
    objective: 'epsilon',
  };
}

/** The reference's number, or where the channels do not allow it the next smaller power of 2. */
function groupsOf(channels: number, wanted: number): number {
  let groups = wanted;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}
