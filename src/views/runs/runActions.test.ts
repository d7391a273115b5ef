import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { readSafetensors, type WrittenTensor, writeSafetensors } from '../../engine/checkpoint/safetensors';
import { viewCore } from '../../testing/viewCore';
import { type ActionsPage, runActions, settingsProblem } from './runActions';
import { createRuns } from './runsState';
import { madeRun } from './testing/madeRun';
import { MemoryRuns } from './testing/memoryRuns';

const bundle = Uint8Array.of(1, 2, 3);
const download = vi.fn();
const read = (name: string) => readFile(new URL(`../../../public/data/${name}`, import.meta.url));
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
  actions = runActions({ page, runs, storage, recorder: () => undefined, download, read });
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

test('a run leaves as code: its own config and settings, its weights, and its images', async () => {
  const { facts, body } = madeRun({ name: 'Digits 3: learning rate 0.001', step: 70 });
  const [weight, average] = [1, 2].map((value) => ({ shape: [1], data: Float32Array.of(value) }));
  const tensors = { 'final.bias': weight, 'ema.final.bias': average } as Record<string, WrittenTensor>;
  const bundled = writeSafetensors(new Map(Object.entries(tensors)), { config: '{}', training: '{}' });
  await storage.save(facts, body, true);
  await storage.keepCheckpoint('a', 70, bundled);
  const [run] = await storage.list();
  await actions.exportCode(run as NonNullable<typeof run>, facts);
  expect(message()?.tone, message()?.text).toBe('good');
  const [name, bytes] = download.mock.calls[0] as [string, Uint8Array];
  expect(name).toBe('ddpm-digits-3-learning-rate-0.001.zip');
  const files = unzipSync(bytes);
  const base = name.slice(0, -4);
  expect(Object.keys(files).sort()).toEqual(
    ['ipynb', 'npz', 'py', 'safetensors'].map((ending) => `${base}.${ending}`),
  );
  const weights = readSafetensors(files[`${base}.safetensors`] as Uint8Array);
  expect([...weights.tensors].map(([name, { data }]) => [name, ...data])).toEqual([['final.bias', 2]]);
  expect(weights.metadata).toEqual({ config: '{}' });
  const script = new TextDecoder().decode(files[`${base}.py`]);
  expect(script).toContain(`Path("${base}.npz"), Path("${base}.safetensors")`);
  expect(script).toContain('"steps": 70');
  expect(script).toContain('"white": 16');
});

test('of a run whose images are not here, the code comes without them', async () => {
  const { facts } = madeRun({ dataset: null });
  await actions.exportCode({ id: 'a', name: 'x', facts, checkpoint: null, bytes: 1 }, facts);
  expect(Object.keys(unzipSync(download.mock.calls[0]?.[1]))).toEqual([
    'ddpm-digits-1.py',
    'ddpm-digits-1.ipynb',
  ]);
});
