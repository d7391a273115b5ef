import type { StoreApi } from 'zustand/vanilla';
import type { ReadFile } from '../../engine/data/dataset';
import { formatBytes } from '../../engine/formatBytes';
import { trainingGroup } from '../../settings/groups/training';
import { at, type Patch } from '../../settings/path';
import type { Settings } from '../../settings/settings';
import { type FactsNeeds, isGone, isKnown } from '../../store/datasetFacts';
import type { DatasetSlice } from '../../store/datasetSlice';
import type { ModelFilesSlice } from '../../store/modelFilesSlice';
import type { OwnDatasetsSlice } from '../../store/ownData/ownDatasetsSlice';
import type { TrainingSlice } from '../../store/trainingSlice';
import { hasTrained } from '../../store/trainingState';
import type { ValuesSlice } from '../../store/valuesSlice';
import { counted } from '../../ui/counted';
import { sayOutcome } from './outcome';
import type { RunRecorder } from './record/recorder';
import type { RunFacts } from './record/run';
import type { RunsState } from './runsState';
import type { KeptRun, RunStorage } from './storage/runStorage';

/** What the actions ask of the page. */
export type ActionsPage = Pick<DatasetSlice, 'chooseDataset'> &
  Pick<ValuesSlice, 'values' | 'set'> &
  Pick<TrainingSlice, 'training'> &
  Pick<ModelFilesSlice, 'exportModel' | 'importModel'> &
  Pick<OwnDatasetsSlice, 'readOwnDataset'> &
  FactsNeeds;

interface ActionsPlace {
  page: Pick<StoreApi<ActionsPage>, 'getState'>;
  runs: Pick<StoreApi<RunsState>, 'getState'>;
  storage: RunStorage;
  recorder(): Pick<RunRecorder, 'keepCheckpoint'> | undefined;
  download(fileName: string, content: Uint8Array<ArrayBuffer>, type: string): void;
  /** Reads a file of the folder `data/`. */
  read: ReadFile;
}

/** Why the settings of a run cannot be used on this page; null where they can. */
export function settingsProblem(page: FactsNeeds, { dataset }: RunFacts): string | null {
  if (dataset === null) return 'The data set of this run is not known.';
  if (!isKnown(page, dataset) || isGone(page, dataset))
    return 'The data set of this run is not in this browser.';
  return null;
}

/** Every setting of a run by its path, to put them in place of those on the page. */
export function allSettings(settings: Settings): Patch<Settings> {
  const paths = Object.keys(trainingGroup.rows);
  return Object.fromEntries(paths.map((path) => [path, at(settings, path)])) as Patch<Settings>;
}

/** What can be done with runs beside keeping and comparing them. */
export function runActions({ page, runs, storage, recorder, download, read }: ActionsPlace) {
  const doing = (work: () => Promise<string>) => sayOutcome(runs, work);

  /** The model in training, for undo; none where nobody would miss it. */
  async function current(): Promise<Blob | null> {
    if (!hasTrained(page.getState().training)) return null;
    const { bytes } = await page.getState().exportModel({ kind: 'bundle' });
    return new Blob([bytes as Uint8Array<ArrayBuffer>]);
  }

  return {
    /** Shows the data set of a run, with its settings in place of those that it has now. */
    takeSettings: ({ name, dataset, settings }: RunFacts) =>
      doing(async () => {
        const { values, chooseDataset } = page.getState();
        if (dataset !== null && dataset !== values.data.dataset) await chooseDataset(dataset);
        page.getState().set(trainingGroup, allSettings(settings), `Settings of “${name}”`);
        return `The playground has the settings of “${name}”. A new model takes them all.`;
      }),

    /** Hands a run to the visitor as code, in one file with what the code reads. */
    exportCode: ({ id, checkpoint }: KeptRun, facts: RunFacts) =>
      doing(async () => {
        const { runArchive, runFileNames } = await import('./export/runCode');
        const bundle = checkpoint && (await storage.loadCheckpoint(id));
        const bytes = await runArchive(facts, bundle, page.getState(), read);
        const { archive } = runFileNames(facts);
        download(archive, bytes, 'application/zip');
        return `Exported ${archive}, ${formatBytes(bytes.length)}.`;
      }),

    /** Makes the checkpoint of a run the model in training; the one before can be brought back. */
    async openCheckpoint({ id, name }: KeptRun) {
      let before: Blob | null = null;
      const bring = async () => {
        const bytes = await storage.loadCheckpoint(id);
        before = await current();
        await recorder()?.keepCheckpoint();
        const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
        const { step, notices } = await page.getState().importModel(file);
        const text = `The model in training is that of “${name}” after ${counted(step, 'step')}.`;
        return [text, ...notices].join(' ');
      };
      await doing(bring);
      const { message, say } = runs.getState();
      const replaced = before as Blob | null;
      if (message?.tone !== 'good' || !replaced) return;
      const back = async () => {
        const { step } = await page.getState().importModel(replaced);
        return `The model before is back, as it was after ${counted(step, 'step')}.`;
      };
      say({ ...message, undo: () => doing(back) });
    },
  };
}
