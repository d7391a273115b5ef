import type { ReadFile } from '../../../engine/data/dataset';
import type { DatasetId } from '../../../engine/data/datasets';
import { notebookOf } from '../../../panels/code/export/notebook';
import { type CodeRun, pythonScript } from '../../../panels/code/export/pythonScript';
import { type OwnDatasets, trainingImages, whiteOf } from '../../../panels/code/export/trainingImages';
import { initialSettings } from '../../../settings/defaultSettings';
import { samplingGroup } from '../../../settings/groups/sampling';
import type { KeptSettings } from '../../../settings/settings';
import { type FactsNeeds, factsOf } from '../../../store/datasetFacts';
import type { ModelFilesSlice } from '../../../store/modelFilesSlice';
import type { TrainingState } from '../../../store/trainingState';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import { slug } from '../modelWords';

export type CodePart = 'script' | 'notebook' | 'weights' | 'images';

/** What the files are made of. */
export interface CodePage extends FactsNeeds, OwnDatasets, Pick<ValuesSlice, 'values'> {
  training: Pick<TrainingState, 'model' | 'dataset'>;
  kept: KeptSettings;
  exportModel: ModelFilesSlice['exportModel'];
}

/** The names of the files of one model, which its script knows too. */
export function codeNames(
  page: Pick<CodePage, 'training' | 'values'> & FactsNeeds,
): Record<CodePart, string> {
  const base = `ddpm-${slug(factsOf(page, learned(page)).title)}`;
  const endings = { script: 'py', notebook: 'ipynb', weights: 'safetensors', images: 'npz' };
  return Object.fromEntries(
    Object.entries(endings).map(([part, ending]) => [part, `${base}.${ending}`]),
  ) as Record<CodePart, string>;
}

/** The content of one of the files. Rejects with a message for the user. */
export async function codeFile(
  page: CodePage,
  part: CodePart,
  read: ReadFile,
): Promise<string | Uint8Array<ArrayBuffer>> {
  if (part === 'weights') {
    const { bytes } = await page.exportModel({ kind: 'model', weights: 'ema', dtype: 'f32' });
    return bytes as Uint8Array<ArrayBuffer>;
  }
  if (part === 'images') return trainingImages(learned(page), page, read);
  const script = pythonScript(codeRun(page));
  return part === 'script' ? script : notebookOf(script);
}

/** The model in training, or the next one where there is none, with the settings of its data set. */
export function codeRun(page: Omit<CodePage, 'exportModel' | 'readOwnDataset'>): CodeRun {
  const id = learned(page);
  const { data, settings } = page.values;
  const own = id === data.dataset ? settings : (page.kept[id] ?? initialSettings(id, factsOf(page, id)));
  const { images, weights } = codeNames(page);
  return {
    config: page.training.model?.config ?? own.model,
    training: own.training,
    seed: own.seed,
    sampling: valuesOf(page, samplingGroup),
    data: images,
    weights,
    white: whiteOf(id),
  };
}

function learned({ training, values }: Pick<CodePage, 'training' | 'values'>): DatasetId {
  return (training.model && training.dataset) ?? values.data.dataset;
}
