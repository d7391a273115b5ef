import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { datasets, type ShippedDatasetId } from '../../src/engine/data/datasets';
import { counts } from '../../src/engine/quality/definitions';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** At most, and no more than are held out. */
export const SAMPLES = 300;

/** A command of the command line; what it says on stdout. */
export function ddpm(...words: string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', main, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
}

/** So many samples a model of the data set is measured by. */
export function sampleCount(dataset: ShippedDatasetId): number {
  const { count, classNames } = datasets[dataset];
  return Math.max(counts.least, Math.min(SAMPLES, Math.floor(count / 10) - classNames.length));
}
