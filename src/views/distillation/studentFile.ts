import { samplingGroup } from '../../settings/groups/sampling';
import { download } from '../../store/download';
import { useStore } from '../../store/store';
import type { ModelReport } from '../../worker/protocol';
import { modelsStore } from '../models/useModels';
import { type Student, useDistillation } from './state';
import { studentSampler } from './studentSampler';

/**
 * Makes the student the model of the page, as if its file had been opened, and lets it sample as it has learned to. Resolves
 * with the model; null where it could not take the place of the one before, which modelsStore says.
 */
export async function adoptStudent({ file, fileName, place }: Student): Promise<ModelReport | null> {
  const before = useStore.getState().training.model;
  await modelsStore.getState().importFile(new File([file], fileName));
  const { model } = useStore.getState().training;
  if (model === before) return null;
  useDistillation.getState().noteKept();
  const sampler = {
    ...studentSampler,
    steps: place.drawsIn,
    guidance: 0,
    clipX0: true,
    weights: 'ema',
  } as const;
  useStore.getState().set(samplingGroup, sampler, 'Sampler of the student');
  return model;
}

/** Hands the student to the visitor as a file. */
export async function downloadStudent({ file, fileName }: Student): Promise<void> {
  download(fileName, new Uint8Array(await file.arrayBuffer()), 'application/octet-stream');
  useDistillation.getState().noteKept();
}
