import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { viewCore } from '../../testing/viewCore';
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
  actions = runActions({ page, runs, storage, recorder: () => undefined });
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
