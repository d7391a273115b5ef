import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { viewCore } from '../../testing/viewCore';
import { comparisonFile } from './compare/files';
import { type ActionsPage, runActions, settingsProblem } from './runActions';
import { createRuns } from './runsState';
import { madeRun } from './testing/madeRun';
import { MemoryRuns } from './testing/memoryRuns';

const bundle = Uint8Array.of(1, 2, 3);
const importModel = vi.fn(async (_: Blob) => ({ step: 40, notices: [] }));
let storage: MemoryRuns;
let runs: ReturnType<typeof createRuns>;
let core: ReturnType<typeof viewCore>;
let actions: ReturnType<typeof runActions>;
const download = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  storage = new MemoryRuns();
  runs = createRuns({ storage, written: createStore(() => ({ run: null, problem: null })) });
  const training = { model: {}, step: 7 };
  core = viewCore({
    training,
    chooseDataset: vi.fn(),
    importModel,
    exportModel: async () => ({ bytes: bundle }),
  });
  const page = core as unknown as { getState(): ActionsPage };
  actions = runActions({ page, runs, storage, recorder: () => undefined, download });
});

const message = () => runs.getState().message;

test('the settings of a run take the place of those on the page', async () => {
  const { facts } = madeRun();
  const settings = {
    ...facts.settings,
    seed: 9,
    training: { ...facts.settings.training, learningRate: 0.5 },
  };
  await actions.takeSettings({ ...facts, settings });
  expect(core.getState().values.settings).toMatchObject({
    seed: 9,
    training: { learningRate: 0.5, batchSize: 64 },
  });
  expect(message()?.tone).toBe('good');
});

test('a run of a data set that is not here cannot lend its settings', () => {
  expect(settingsProblem({}, madeRun().facts)).toBeNull();
  expect(settingsProblem({}, madeRun({ dataset: 'own:1' }).facts)).toMatch(/not in this browser/);
  expect(settingsProblem({}, madeRun({ dataset: null }).facts)).toMatch(/not known/);
});

test('the checkpoint of a run takes the place of the model, which can be brought back', async () => {
  await storage.save(madeRun().facts, madeRun().body, true);
  await storage.keepCheckpoint('a', 40, Uint8Array.of(9));
  const [run] = await storage.list();
  await actions.openCheckpoint(run as NonNullable<typeof run>);
  const opened = async (call: number) =>
    new Uint8Array(await (importModel.mock.calls[call] as [Blob])[0].arrayBuffer());
  expect(await opened(0)).toEqual(Uint8Array.of(9));
  expect(message()?.text).toBe('The model in training is that of “Digits 1” after 40 steps.');
  await message()?.undo?.();
  expect(await opened(1)).toEqual(bundle);
});

test('a comparison is opened as runs of this browser; a file that is none is named with the reason', async () => {
  const text = comparisonFile([madeRun({ name: 'One' }), madeRun({ name: 'Two' })]);
  await actions.openFile(new File([text], 'both.json'));
  expect(message()?.text).toBe('“both.json” brought 2 runs.');
  expect(runs.getState().compared).toHaveLength(2);
  expect(new Set(storage.rows.keys()).size).toBe(2);
  await actions.openFile(new File(['[]'], 'none.json'));
  expect(message()).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^“none.json” cannot be opened: /),
  });
});

test('runs are exported under a name that says how many', () => {
  actions.exportRuns([madeRun()], 'csv');
  expect(download.mock.calls[0]?.[0]).toBe('ddpm-runs-1-run.csv');
});
