import type { StoreApi } from 'zustand/vanilla';
import { formatBytes } from '../../engine/formatBytes';
import { messageOf } from '../../engine/messageOf';
import { plainName } from '../../engine/names';
import { trainingGroup } from '../../settings/groups/training';
import { at, type Patch } from '../../settings/path';
import type { Settings } from '../../settings/settings';
import { newId } from '../../store/checkpoints/checkpointStorage';
import { type FactsNeeds, isGone, isKnown } from '../../store/datasetFacts';
import type { DatasetSlice } from '../../store/datasetSlice';
import type { ModelFilesSlice } from '../../store/modelFilesSlice';
import type { TrainingSlice } from '../../store/trainingSlice';
import { hasTrained } from '../../store/trainingState';
import type { ValuesSlice } from '../../store/valuesSlice';
import { counted } from '../../ui/counted';
import { comparisonFile, curvesCsv, curvesJsonLines, readComparison } from './compare/files';
import type { RunRecorder } from './record/recorder';
import type { Run, RunFacts } from './record/run';
import type { RunsState } from './runsState';
import type { KeptRun, RunStorage } from './storage/runStorage';

/** What the actions ask of the page. */
export type ActionsPage = Pick<DatasetSlice, 'chooseDataset'> &
  Pick<ValuesSlice, 'values' | 'set'> &
  Pick<TrainingSlice, 'training'> &
  Pick<ModelFilesSlice, 'exportModel' | 'importModel'> &
  FactsNeeds;

interface ActionsPlace {
  page: Pick<StoreApi<ActionsPage>, 'getState'>;
  runs: Pick<StoreApi<RunsState>, 'getState'>;
  storage: RunStorage;
  recorder(): Pick<RunRecorder, 'keepCheckpoint'> | undefined;
  download(fileName: string, text: string, type: string): void;
}

/** A larger file is no comparison of this page. */
const FILE_LIMIT = 256 * 2 ** 20;

const forms = {
  json: { write: comparisonFile, extension: 'json', type: 'application/json' },
  csv: { write: curvesCsv, extension: 'csv', type: 'text/csv' },
  jsonl: { write: curvesJsonLines, extension: 'jsonl', type: 'application/jsonl' },
} as const;
export type ExportedForm = keyof typeof forms;

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
export function runActions({ page, runs, storage, recorder, download }: ActionsPlace) {
  /** Does something; what came of it is said above the list. */
  async function doing(work: () => Promise<string>): Promise<void> {
    const { say } = runs.getState();
    say(null);
    try {
      say({ tone: 'good', text: await work() });
    } catch (error) {
      say({ tone: 'bad', text: messageOf(error) });
    }
  }

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

    /** Hands runs to the visitor as a file. */
    exportRuns(compared: readonly Run[], form: ExportedForm) {
      const { write, extension, type } = forms[form];
      const name = `ddpm-runs-${counted(compared.length, 'run').replace(' ', '-')}.${extension}`;
      download(name, write(compared), type);
      runs.getState().say({ tone: 'good', text: `Exported ${name}.` });
    },

    /** Keeps the runs of a file, and compares them. */
    openFile: (file: File) =>
      doing(async () => {
        const name = plainName(file.name);
        if (file.size > FILE_LIMIT)
          throw new Error(
            `“${name}” takes ${formatBytes(file.size)}; at most ${formatBytes(FILE_LIMIT)} are read.`,
          );
        const opened = await file
          .text()
          .then(readComparison)
          .catch((error) => {
            throw new Error(`“${name}” cannot be opened: ${messageOf(error)}`);
          });
        const ids: string[] = [];
        for (const { facts, body } of opened) {
          const id = newId();
          await storage.save({ ...facts, id, pinned: false, updatedAt: Date.now() }, body, true);
          ids.push(id);
        }
        await runs.getState().open();
        await runs.getState().compareOnly(ids.slice(0, 10));
        return `“${name}” brought ${counted(opened.length, 'run')}.`;
      }),
  };
}
