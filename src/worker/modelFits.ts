import type { DatasetFacts } from '../engine/data/dataset';
import type { ModelConfig } from '../engine/unet/config';

/** Throws, naming both sizes and what to do, where a model cannot learn a data set. */
export function checkModelFits(
  { imageSize, imageChannels, nClasses }: ModelConfig,
  { title, imageSize: size, channels, classNames }: DatasetFacts,
): void {
  if (imageSize !== size || imageChannels !== channels) {
    throw new Error(
      `The model takes pictures of ${shape(imageSize, imageChannels)}, but those of ${title} are ${shape(size, channels)}: ` +
        'choose the data set it was made for, or make a new model.',
    );
  }
  if (nClasses !== 0 && nClasses !== classNames.length) {
    throw new Error(
      `The model has ${nClasses} classes, but ${title} has ${classNames.length}: take as many, or 0 for none.`,
    );
  }
}

function shape(size: number, channels: number): string {
  return `${size}×${size}×${channels}`;
}
