import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runColours } from '../../src/views/runs/compare/lines';
import type { Run } from '../../src/views/runs/record/run';
import { readComparisonFile } from '../../src/views/runs/share/comparisonArchive';
import { cannotBeRead, readAs } from '../files';
import { logFiles } from './logFolder';

/**
 * The runs of logs, which are folders, and of files that the page exported, in the order given; each has a name and a
 * colour or dash of its own. Throws CommandError.
 */
export async function comparedRuns(paths: readonly string[]): Promise<Run[]> {
  const found: { path: string; run: Run }[] = [];
  for (const path of paths) {
    const file = (await isFolder(path)) ? join(path, logFiles.run) : path;
    const runs = await readAs(file, readComparisonFile);
    found.push(...runs.map(({ run }) => ({ path, run })));
  }
  const names = found.map(({ run }) => run.facts.name);
  return found.map(({ path, run }, i) => {
    const isAlone = names.filter((name) => name === names[i]).length === 1;
    const name = isAlone ? run.facts.name : `${run.facts.name} (${path})`;
    return { ...run, facts: { ...run.facts, name, colour: i % runColours.length } };
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw cannotBeRead(path, error);
  }
}
