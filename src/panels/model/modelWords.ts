import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import type { Recording } from '../../store/recording';
import type { SampledModel } from '../../store/sampledModel';
import { counted } from '../../ui/counted';

/** Whose model, and how long it was trained. */
export function modelWords({
  shipped,
  trainedSteps,
}: Pick<SampledModel, 'shipped' | 'trainedSteps'>): string {
  return `${shipped ? 'pretrained' : 'your model'}, ${counted(trainedSteps, 'training step')}`;
}

/** Which model drew a grid, and how: the caption of its samples. */
export function recordingWords({ settings, trainedSteps, total }: Recording): string {
  const { shipped, sampler } = settings;
  const model = modelWords({ trainedSteps, ...(shipped && { shipped }) });
  return `${model} · ${samplerOf(sampler).title}, ${counted(total, 'step')}`;
}
