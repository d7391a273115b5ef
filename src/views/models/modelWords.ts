import { type DatasetId, datasets } from '../../engine/data/datasets';
import { type FactsNeeds, factsOf } from '../../store/datasetFacts';
import type { TrainingSlice } from '../../store/trainingSlice';
import { counted } from '../../ui/counted';
import { modelFitProblem } from '../../worker/modelFits';
import type { ExportForm, ImportedModel } from '../../worker/protocol';

/** The title of what the model in training learned. */
export function learnedTitle(page: FactsNeeds & Pick<TrainingSlice, 'training'>): string {
  const { dataset, missingData } = page.training;
  return dataset === null ? (missingData ?? 'Unknown data') : factsOf(page, dataset).title;
}

/** Says what is in it: "ddpm-digits-1200-steps-ema-f16.safetensors". */
export function modelFileName({ title, step }: { title: string; step: number }, form: ExportForm): string {
  const what = form.kind === 'bundle' ? 'training' : `${form.weights}-${form.dtype}`;
  return `ddpm-${slug(title)}-${step}-${step === 1 ? 'step' : 'steps'}-${what}.safetensors`;
}

/** A title as a part of a file's name. */
export function slug(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return plain || 'model';
}

/** What a new checkpoint is called unless its owner says otherwise; no two have one name. */
export function checkpointName(
  { title, step }: { title: string; step: number },
  taken: readonly string[],
): string {
  return freeName(`${title}, ${counted(step, 'step')}`, taken);
}

/** The name, or where it is taken the name with the first number that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const base = name.replace(/ \(\d+\)$/, '');
  for (let number = 2; ; number++) {
    const numbered = `${base} (${number})`;
    if (!taken.includes(numbered)) return numbered;
  }
}

/** What came with a model, and what it can do here. */
export function importedWords(
  name: string,
  model: Pick<ImportedModel, 'dataset' | 'ownFacts' | 'images' | 'step' | 'config' | 'withTraining' | 'note'>,
  page: FactsNeeds & { values: { data: { dataset: DatasetId } } },
): string {
  const came = model.withTraining
    ? `“${name}” is the model in training now, as it stood after ${counted(model.step, 'step')}: optimizer, averages and random numbers too.`
    : `“${name}” is the model in training now. The file has weights alone, so the optimizer's moments start afresh at step 0.`;
  return [came, model.note, whatFor(model, page)].filter((text) => text !== null).join(' ');
}

function whatFor(
  { dataset, ownFacts, images, config }: Pick<ImportedModel, 'dataset' | 'ownFacts' | 'images' | 'config'>,
  page: FactsNeeds & { values: { data: { dataset: DatasetId } } },
): string {
  const title = (id: DatasetId) => factsOf(page, id).title;
  const goesOn = dataset && `It samples, and learns ${title(dataset)} on.`;
  if (goesOn && images)
    return `Its ${counted(images.count, 'image')} came with it: “${images.title}” is among your data sets now. ${goesOn}`;
  if (goesOn) return goesOn;
  const names = ownFacts
    ? `It learned “${ownFacts.title}”, ${counted(ownFacts.count, 'image')} that are not in this browser`
    : 'It names no data set that is here';
  const fits = (id: DatasetId) => modelFitProblem(config, factsOf(page, id)) === null;
  const chosen = page.values.data.dataset;
  if (fits(chosen)) return `${names}; it samples, and if you train it on, it learns ${title(chosen)}.`;
  const shape = `${config.imageSize}×${config.imageSize}×${config.imageChannels}`;
  const there = [...(Object.keys(datasets) as DatasetId[]), ...(page.ownDatasets?.listed ?? [])];
  const fitting = there.filter(fits).map(title);
  if (fitting.length > 0) {
    return `${names}; it samples images of ${shape}. To train it on, choose ${fitting.join(' or ')}.`;
  }
  const classes = config.nClasses > 0 ? ` in ${config.nClasses} classes` : '';
  return `${ownFacts ? `${names}; it` : 'It'} samples images of ${shape}; no data set of this page has images like that${classes}, so it cannot be trained on here.`;
}
