import { formatBytes } from '../../../engine/formatBytes';
import { messageOf } from '../../../engine/messageOf';
import { plainName } from '../../../engine/names';
import { newId } from '../../../store/checkpoints/checkpointStorage';
import { counted } from '../../../ui/counted';
import { comparisonFile, curvesCsv, curvesJsonLines } from '../compare/files';
import { sayOutcome } from '../outcome';
import type { Run } from '../record/run';
import type { RunsState } from '../runsState';
import type { RunStorage } from '../storage/runStorage';
import {
  comparisonArchive,
  largestComparisonFile,
  readComparisonFile,
  type SharedRun,
} from './comparisonArchive';
import { readComparisonLink } from './comparisonLink';

/** Curves and settings of runs as text. */
const forms = {
  json: { write: comparisonFile, extension: 'json', type: 'application/json' },
  csv: { write: curvesCsv, extension: 'csv', type: 'text/csv' },
  jsonl: { write: curvesJsonLines, extension: 'jsonl', type: 'application/jsonl' },
} as const;
/** With weights it is a .zip. */
export type ExportedForm = keyof typeof forms | 'zip';

export interface SharingPlace {
  runs: { getState(): RunsState };
  storage: RunStorage;
  download(fileName: string, content: string | Uint8Array<ArrayBuffer>, type: string): void;
}

/** Comparisons that leave the page and come to it. What came of it is said above the list. */
export function sharing({ runs, storage, download }: SharingPlace) {
  const doing = (work: () => Promise<string | null>) => sayOutcome(runs, work);

  async function withCheckpoint(run: Run): Promise<SharedRun> {
    const kept = runs.getState().runs?.find(({ id }) => id === run.facts.id)?.checkpoint;
    if (!kept) return { run, checkpoint: null };
    const bytes = (await storage.loadCheckpoint(run.facts.id)) as Uint8Array<ArrayBuffer>;
    return { run, checkpoint: { step: kept.step, bytes } };
  }

  async function readFile(file: File): Promise<SharedRun[]> {
    const name = plainName(file.name);
    const most = largestComparisonFile;
    if (file.size > most)
      throw new Error(`“${name}” takes ${formatBytes(file.size)}; at most ${formatBytes(most)} are read.`);
    try {
      return readComparisonFile(new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      throw new Error(`“${name}” cannot be opened: ${messageOf(error)}`);
    }
  }

  async function show(ids: readonly string[]): Promise<void> {
    await runs.getState().open();
    await runs.getState().compareOnly(ids.slice(0, 10));
  }

  return {
    /** Hands runs to the visitor as a file. */
    exportRuns: (compared: readonly Run[], form: ExportedForm) =>
      doing(async () => {
        const name = `ddpm-runs-${counted(compared.length, 'run').replace(' ', '-')}`;
        if (form === 'zip') {
          const bytes = comparisonArchive(await Promise.all(compared.map(withCheckpoint)));
          download(`${name}.zip`, bytes, 'application/zip');
          return `Exported ${name}.zip, ${formatBytes(bytes.length)}.`;
        }
        const { write, extension, type } = forms[form];
        download(`${name}.${extension}`, write(compared), type);
        return `Exported ${name}.${extension}.`;
      }),

    /** Keeps the runs of files, and compares them. */
    openFiles: (files: readonly File[]) =>
      doing(async () => {
        const opened: SharedRun[] = [];
        // Where one cannot be opened, nothing of the others is kept.
        for (const file of files) opened.push(...(await readFile(file)));
        const ids: string[] = [];
        for (const { run, checkpoint } of opened) {
          const id = newId();
          await storage.save({ ...run.facts, id, pinned: false, updatedAt: Date.now() }, run.body, true);
          if (checkpoint) await storage.keepCheckpoint(id, checkpoint.step, checkpoint.bytes);
          ids.push(id);
        }
        await show(ids);
        const [first] = files;
        const what = files.length === 1 ? `“${plainName(first?.name ?? '')}”` : `${files.length} files`;
        return `${what} brought ${counted(opened.length, 'run')}.`;
      }),

    /** Keeps the runs that an address holds, but for those that are here already, and compares them. */
    openLink: (address: string) =>
      doing(async () => {
        let linked: Run[] | null;
        try {
          linked = readComparisonLink(address);
        } catch (error) {
          throw new Error(`This link cannot be opened: ${messageOf(error)}`);
        }
        if (linked === null) return null;
        const known = (await storage.list()).map(({ id }) => id);
        for (const { facts, body } of linked) {
          if (known.includes(facts.id)) continue;
          await storage.save({ ...facts, updatedAt: Date.now() }, body, true);
          // One that was deleted here comes back.
          await storage.undelete(facts.id);
        }
        await show(linked.map(({ facts }) => facts.id));
        return `The link brought ${counted(linked.length, 'run')}, without samples.`;
      }),
  };
}
