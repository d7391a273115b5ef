import type { DatasetFacts } from '../engine/data/dataset';
import type { ModelConfig } from '../engine/unet/config';

/** Why a model cannot learn a data set, with both sizes and what to do; null if it can. */
export function modelFitProblem(
  { imageSize, imageChannels, nClasses }: ModelConfig,
  { title, imageSize: size, channels, classNames }: DatasetFacts,
): string | null {
  if (imageSize !== size || imageChannels !== channels) {
    return (
      `The model takes images of ${shape(imageSize, imageChannels)}, but those of ${title} are ${shape(size, channels)}: ` +
      'choose the data set it was made for, or make a new model.'
    );
  }
  if (nClasses !== 0 && nClasses !== classNames.length) {
    return `The model has ${nClasses} classes, but ${title} has ${classNames.length}: take as many, or 0 for none.`;
  }
  return null;
}

/** Throws if a model cannot learn a data set. */
export function checkModelFits(config: ModelConfig, dataset: DatasetFacts): void {
  const problem = modelFitProblem(config, dataset);
  if (problem !== null) throw new Error(problem);
}

function shape(size: number, channels: number): string {
  return `${size}×${size}×${channels}`;
}
