import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { comparisonFile } from '../compare/files';
import { createRuns } from '../runsState';
import { madeRun } from '../testing/madeRun';
import { MemoryRuns } from '../testing/memoryRuns';
import { comparisonLink } from './comparisonLink';
import { sharing } from './sharing';

let storage: MemoryRuns;
let runs: ReturnType<typeof createRuns>;
let actions: ReturnType<typeof sharing>;
const download = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  storage = new MemoryRuns();
  runs = createRuns({ storage, written: createStore(() => ({ run: null, problem: null })) });
  actions = sharing({ runs, storage, download });
});

const message = () => runs.getState().message;
const [one, two] = [madeRun({ id: 'a', name: 'One' }), madeRun({ id: 'b', name: 'Two' })];

test('a comparison is opened as runs of this browser; a file that is none is named with the reason', async () => {
  await actions.openFiles([new File([comparisonFile([one, two])], 'both.json')]);
  expect(message()?.text).toBe('“both.json” brought 2 runs.');
  expect(runs.getState().compared).toHaveLength(2);
  expect(new Set(storage.rows.keys()).size).toBe(2);
  await actions.openFiles([new File(['[]'], 'none.json')]);
  expect(message()).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^“none.json” cannot be opened: /),
  });
});

test('several files are opened at once, all or none', async () => {
  const file = (run: typeof one) => new File([comparisonFile([run])], 'run.json');
  await actions.openFiles([file(one), new File(['[]'], 'none.json')]);
  expect(message()?.tone).toBe('bad');
  expect(storage.rows.size).toBe(0);
  await actions.openFiles([file(one), file(two)]);
  expect(message()?.text).toBe('2 files brought 2 runs.');
  expect(runs.getState().compared).toHaveLength(2);
});

test('runs are exported under a name that says how many', async () => {
  await actions.exportRuns([one], 'csv');
  expect(download.mock.calls[0]?.[0]).toBe('ddpm-runs-1-run.csv');
});

test('with weights the checkpoints go along, and are there where the file is opened', async () => {
  await storage.save(one.facts, one.body, true);
  await storage.save(two.facts, two.body, true);
  await storage.keepCheckpoint('b', 4, Uint8Array.of(7, 8));
  await runs.getState().open();
  await actions.exportRuns([one, two], 'zip');
  const [name, bytes] = download.mock.calls[0] as [string, Uint8Array<ArrayBuffer>];
  expect(name).toBe('ddpm-runs-2-runs.zip');
  storage.rows.clear();
  await actions.openFiles([new File([bytes], name)]);
  const kept = [...storage.rows.values()];
  expect(kept.map(({ checkpoint }) => checkpoint)).toEqual([null, { step: 4, bundle: Uint8Array.of(7, 8) }]);
});

test('a link brings its runs once: those that are here stay as they are, and a deleted one comes back', async () => {
  const { address } = comparisonLink('https://example.org/', [one, two]) as { address: string };
  await storage.save({ ...one.facts, step: 99 }, one.body, true);
  await actions.openLink(address);
  expect(storage.rows.size).toBe(2);
  expect(storage.rows.get('a')?.facts.step).toBe(99);
  expect(runs.getState().compared).toEqual(['a', 'b']);
  await storage.remove('b');
  await actions.openLink(address);
  expect((await storage.list()).map(({ id }) => id).sort()).toEqual(['a', 'b']);
  await actions.openLink('https://example.org/#/runs/1.x');
  expect(message()).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^This link cannot be opened/),
  });
});
