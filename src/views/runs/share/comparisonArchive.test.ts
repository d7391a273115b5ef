import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { comparisonFile } from '../compare/files';
import { madeRun } from '../testing/madeRun';
import { comparisonArchive, readComparisonFile } from './comparisonArchive';

const [slow, fast] = [madeRun({ id: 'a' }), madeRun({ id: 'b' })];
const bytes = Uint8Array.of(1, 2, 3);
const archive = () =>
  comparisonArchive([
    { run: slow, checkpoint: null },
    { run: fast, checkpoint: { step: 40, bytes } },
  ]);
const zipped = (runs: object[], files = {}) =>
  zipSync({
    'runs.json': new TextEncoder().encode(
      JSON.stringify({ format: 'ddpm-playground-runs', version: 1, runs }),
    ),
    ...files,
  });

test('runs come back with the checkpoints that were there, from .zip and from JSON', () => {
  expect(readComparisonFile(archive())).toEqual([
    { run: slow, checkpoint: null },
    { run: fast, checkpoint: { step: 40, bytes } },
  ]);
  expect(readComparisonFile(new TextEncoder().encode(comparisonFile([slow])))).toEqual([
    { run: slow, checkpoint: null },
  ]);
});

test('an archive that is none says why', () => {
  expect(() => readComparisonFile(archive().subarray(0, 200))).toThrow('damaged, or cut off');
  expect(() => readComparisonFile(zipSync({ 'a.txt': bytes }))).toThrow('.zip without runs.json');
  const named = { ...slow, checkpoint: { file: 'toString', step: 4 } };
  expect(() => readComparisonFile(zipped([named]))).toThrow('checkpoint of a run is missing');
  expect(() =>
    readComparisonFile(zipped([{ ...slow, checkpoint: { file: 'x', step: -1 } }], { x: bytes })),
  ).toThrow('checkpoint of a run is missing');
});
