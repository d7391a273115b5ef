import { strToU8, zipSync } from 'fflate';
import {
  readSafetensors,
  type WrittenTensor,
  writeSafetensors,
} from '../../../engine/checkpoint/safetensors';
import type { ReadFile } from '../../../engine/data/dataset';
import { notebookOf } from '../../../panels/code/export/notebook';
import { type CodeRun, pythonScript } from '../../../panels/code/export/pythonScript';
import { type OwnDatasets, trainingImages, whiteOf } from '../../../panels/code/export/trainingImages';
import { samplingGroup } from '../../../settings/groups/sampling';
import { type FactsNeeds, isGone, isKnown } from '../../../store/datasetFacts';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import type { RunFacts } from '../record/run';

/** What the files are made of. */
export type CodePage = FactsNeeds & OwnDatasets & Pick<ValuesSlice, 'values'>;

/** The names of the files of a run. */
export function runFileNames({ name }: Pick<RunFacts, 'name'>) {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const base = `ddpm-${plain || 'run'}`;
  return {
    ...{ archive: `${base}.zip`, script: `${base}.py`, notebook: `${base}.ipynb` },
    ...{ weights: `${base}.safetensors`, images: `${base}.npz` },
  };
}

/** A run with its own config and training settings, for as many steps as it took. */
export function codeOfRun(facts: RunFacts, page: Pick<CodePage, 'values'>): CodeRun {
  const { settings, dataset, step } = facts;
  const { images, weights } = runFileNames(facts);
  return {
    config: settings.model,
    training: { ...settings.training, steps: step },
    seed: settings.seed,
    sampling: valuesOf(page, samplingGroup),
    ...{ data: images, weights },
    white: dataset === null ? 255 : whiteOf(dataset),
  };
}

/**
 * A .zip with the run as a script and as a notebook, and what they read: the weights of its checkpoint, where one is kept, and
 * the training images, where they are here.
 */
export async function runArchive(
  facts: RunFacts,
  checkpoint: Uint8Array | null,
  page: CodePage,
  read: ReadFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const names = runFileNames(facts);
  const script = pythonScript(codeOfRun(facts, page));
  const { dataset } = facts;
  const hasImages = dataset !== null && isKnown(page, dataset) && !isGone(page, dataset);
  return zipSync({
    [names.script]: strToU8(script),
    [names.notebook]: strToU8(notebookOf(script)),
    ...(checkpoint && { [names.weights]: averagedWeights(checkpoint) }),
    ...(hasImages && { [names.images]: await trainingImages(dataset, page, read) }),
  });
}

/** Where a bundle has the moving average of the weights. */
const AVERAGE = 'ema.';

/** The averaged weights of a bundle as a file of their own, without tfjs, which the page need not load for it. */
function averagedWeights(bundle: Uint8Array): Uint8Array {
  const { tensors, metadata } = readSafetensors(bundle);
  const { training: _, ...kept } = metadata;
  const weights = [...tensors].flatMap(([name, tensor]): [string, WrittenTensor][] =>
    name.startsWith(AVERAGE) ? [[name.slice(AVERAGE.length), tensor as WrittenTensor]] : [],
  );
  return writeSafetensors(new Map(weights), kept);
}
