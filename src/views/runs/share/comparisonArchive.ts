import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readComparison, writtenComparison } from '../compare/files';
import type { Run } from '../record/run';

/** A checkpoint of a run, with the step at which it was taken. */
export interface SharedCheckpoint {
  step: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A run on its way to somebody else. */
export interface SharedRun {
  run: Run;
  checkpoint: SharedCheckpoint | null;
}

/** A larger file is no comparison of this page. */
export const largestComparisonFile = 512 * 2 ** 20;

const RUNS = 'runs.json';

/** A .zip with the file of the runs, and a training state of each run that has one. */
export function comparisonArchive(shared: readonly SharedRun[]): Uint8Array<ArrayBuffer> {
  const files: Record<string, Uint8Array> = {};
  const runs = shared.map(({ run, checkpoint }, i) => {
    if (!checkpoint) return run;
    const file = `run-${i + 1}.training.safetensors`;
    files[file] = checkpoint.bytes;
    return { ...run, checkpoint: { file, step: checkpoint.step } };
  });
  // Weights do not get smaller by compression.
  return zipSync({ [RUNS]: [strToU8(writtenComparison(runs)), { level: 6 }], ...files }, { level: 0 });
}

/** The runs of a comparison, as JSON or with weights as a .zip. Throws an error that says what is wrong with any other. */
export function readComparisonFile(bytes: Uint8Array): SharedRun[] {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isArchive) return readComparison(text(bytes)).map((run) => ({ run, checkpoint: null }));
  const files = unzipped(bytes);
  const json = files[RUNS];
  if (!json) throw new Error(`it is a .zip without ${RUNS}.`);
  const runs = readComparison(text(json));
  const given = (JSON.parse(text(json)) as { runs: { checkpoint?: unknown }[] }).runs;
  return runs.map((run, i) => ({ run, checkpoint: checkpointOf(given[i]?.checkpoint, files) }));
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize;
        if (total > largestComparisonFile) throw new Error();
        return true;
      },
    });
  } catch {
    const why = total > largestComparisonFile ? 'holds too much' : 'is damaged, or cut off';
    throw new Error(`the .zip ${why}.`);
  }
}

function checkpointOf(given: unknown, files: Record<string, Uint8Array>): SharedCheckpoint | null {
  if (given === undefined) return null;
  const { file, step } = given as { file: unknown; step: unknown };
  const bytes = typeof file === 'string' && Object.hasOwn(files, file) ? files[file] : undefined;
  if (!bytes || !Number.isSafeInteger(step) || Number(step) < 0)
    throw new Error('the checkpoint of a run is missing.');
  return { step: Number(step), bytes: bytes as Uint8Array<ArrayBuffer> };
}

function text(bytes: Uint8Array): string {
  return strFromU8(bytes);
}
