import { expect, test } from 'vitest';
import { defaultSettings } from '../../../settings/defaultSettings';
import { madeRun } from '../testing/madeRun';
import { differingSettings, metrics } from './table';

const settings = defaultSettings('digits');
const other = { ...settings, training: { ...settings.training, learningRate: 0.0005, steps: 9 } };

test('only settings that differ have a row', () => {
  expect(differingSettings([madeRun(), madeRun()])).toEqual([]);
  expect(differingSettings([madeRun(), madeRun({ settings: other })])).toEqual([
    { name: 'Learning rate', cells: ['0.002', '0.0005'] },
  ]);
});

test('a setting that was changed while a run trained is told with its step', () => {
  const marks = [{ step: 1200, path: 'training.batchSize', before: 64, after: 32 }];
  expect(differingSettings([madeRun(), madeRun({}, { marks })])).toEqual([
    { name: 'Changed on the way', cells: ['–', 'Batch size 64 → 32 after step 1,200'] },
  ]);
});

test('metrics stand side by side', () => {
  const times = [
    { step: 0, seconds: 0 },
    { step: 400, seconds: 100 },
  ];
  const heldOut = [0.3, 0.2, 0.25].map((loss, i) => ({ step: 100 * i, loss }));
  const rows = metrics([madeRun({ step: 400, seconds: 100, loss: null }, { times, heldOut }), madeRun()]);
  const of = (name: string) => rows.find((row) => row.name === name)?.cells[0];
  expect([
    of('Images seen'),
    of('Held-out loss, best'),
    of('Steps a second'),
    of('Time in training'),
  ]).toEqual(['25,600', '0.2000', '4.0', '1 min 40 s']);
  expect(of('Training loss, last 100 steps')).toBe('–');
});

test('quality has rows where any run was evaluated, with its last measurement', () => {
  const one = { step: 100, count: 64, frechet: 12.34, precision: 0.5, recall: 0.25, memorised: 0 };
  const quality = [one, { ...one, step: 2000, frechet: 3.456, recall: null }];
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  expect(names(metrics([madeRun()]))).not.toContain('Precision');
  const rows = metrics([madeRun({ quality }), madeRun()]);
  const cells = (name: string) => rows.find((row) => row.name === name)?.cells;
  expect(cells('Fréchet distance')).toEqual(['3.46', '–']);
  expect(cells('Precision')).toEqual(['50 %', '–']);
  expect(cells('Recall')).toEqual(['–', '–']);
  expect(cells('Evaluated')).toEqual(['64 samples, step 2,000', '–']);
});
