import { beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../settings/defaultSettings';
import type { Settings } from '../../../settings/settings';
import type { TrainingState, TrainingStatus } from '../../../store/trainingState';
import { trainingPage } from '../testing/trainingPage';
import { gridOf } from './grid';
import { createQueue } from './queueState';
import type { SecondTraining } from './secondTraining';

/** How each training ends, in turn: its status, and the steps that it took. */
type End = [TrainingStatus, number];

const recorder = { keepCheckpoint: vi.fn(async () => {}), nameNext: vi.fn() };
let page: ReturnType<typeof trainingPage>;
let queue: ReturnType<typeof createQueue>;
let ends: End[];
/** Learning rates that the page trained with. */
let rates: number[];

beforeEach(() => {
  vi.clearAllMocks();
  page = trainingPage();
  [ends, rates, secondEnds, seconds] = [[], [], [], []];
  const { core } = page;
  core.setState({
    drafts: {},
    dataset: { status: 'ready', problem: null, data: { id: 'digits' } },
    chooseDataset: async () => {},
    pauseTraining: async () => {},
    resetTraining: async () => page.bring(),
    async startTraining() {
      // As the page does: a model without a step is made anew.
      if (core.getState().training.step === 0) page.bring();
      rates.push(core.getState().values.settings.training.learningRate);
      const [status, steps] = ends.shift() ?? ['finished', 4];
      // Without a step, a page never says that it trains.
      if (steps === 0) page.change({ status });
      else page.train(new Array(steps).fill(1), status);
    },
  } as never);
  queue = createQueue({ core: core as never, recorder: () => recorder, second: secondModel });
});

/** A second model whose training ends as `secondEnds` says. */
let secondEnds: End[];
let seconds: string[];
function secondModel(settings: Settings, words: string): SecondTraining {
  seconds.push(words);
  let training = { status: 'idle', step: 0 } as TrainingState;
  let hear = () => {};
  return {
    async train() {
      rates.push(settings.training.learningRate);
      const [status, steps] = secondEnds.shift() ?? ['finished', 4 - training.step];
      training = { ...training, status, step: training.step + steps };
      hear();
      return training;
    },
    pause: async () => {},
    training: () => training,
    subscribe(listener) {
      hear = listener;
      return () => {};
    },
    kept: async () => {},
  };
}

const runs = (...values: number[]) =>
  gridOf(defaultSettings('digits'), [{ path: 'training.learningRate', values }], 4);
const statuses = () => queue.getState().runs.map(({ status }) => status);

test('trains each run with its settings and a new model, and brings the settings of before back', async () => {
  const { settings } = page.core.getState().values;
  await queue.getState().start('digits', runs(0.1, 0.2, 0.3));
  expect(rates).toEqual([0.1, 0.2, 0.3]);
  expect(statuses()).toEqual(['done', 'done', 'done']);
  expect(queue.getState()).toMatchObject({ status: 'done', problem: null });
  expect(page.core.getState().values.settings).toEqual(settings);
  expect(recorder.keepCheckpoint).toHaveBeenCalledTimes(3);
  expect(recorder.nameNext.mock.calls[1]).toEqual(['learning rate 0.2']);
});

test('a pause holds the run under way, which goes on where it was', async () => {
  ends = [['paused', 3]];
  await queue.getState().start('digits', runs(0.1, 0.2));
  expect(queue.getState().status).toBe('paused');
  expect(statuses()).toEqual(['training', 'waiting']);
  ends = [['finished', 1]];
  await queue.getState().resume();
  expect(rates).toEqual([0.1, 0.1, 0.2]);
  expect(queue.getState().status).toBe('done');
});

test('a run that diverges leaves the others to be trained', async () => {
  ends = [['diverged', 2]];
  await queue.getState().start('digits', runs(0.1, 0.2));
  expect(statuses()).toEqual(['diverged', 'done']);
});

test('a stop leaves the others out', async () => {
  ends = [['paused', 1]];
  await queue.getState().start('digits', runs(0.1, 0.2));
  await queue.getState().stop();
  expect(queue.getState().status).toBe('stopped');
  expect(statuses()).toEqual(['stopped', 'waiting']);
  expect(page.core.getState().values.settings.training.learningRate).toBe(0.002);
});

test('a model that someone else puts in its place stops the queue, and so does a setting that cannot be', async () => {
  ends = [['paused', 1]];
  await queue.getState().start('digits', runs(0.1, 0.2));
  page.bring([1, 1]);
  await queue.getState().resume();
  expect(queue.getState()).toMatchObject({
    status: 'stopped',
    problem: expect.stringMatching(/Another model/),
  });

  const batches = gridOf(defaultSettings('digits'), [{ path: 'training.batchSize', values: [10 ** 6] }], 4);
  await queue.getState().start('digits', batches);
  expect(queue.getState()).toMatchObject({
    status: 'stopped',
    problem: expect.stringMatching(/^Batch size/),
  });
});

test('in turns, two runs train at a time: each is done, and the last one is alone', async () => {
  await queue.getState().start('digits', runs(0.1, 0.2, 0.3), true);
  expect(rates).toEqual([0.1, 0.2, 0.3]);
  expect(seconds).toEqual(['learning rate 0.2']);
  expect(statuses()).toEqual(['done', 'done', 'done']);
  expect(queue.getState().runs.map(({ step }) => step)).toEqual([4, 4, 4]);
});

test('a pause in turns holds both, and each goes on where it was; one that is done does not', async () => {
  ends = [['finished', 4]];
  secondEnds = [['paused', 3]];
  await queue.getState().start('digits', runs(0.1, 0.2), true);
  expect(queue.getState().status).toBe('paused');
  expect(statuses()).toEqual(['done', 'training']);
  await queue.getState().resume();
  expect(rates).toEqual([0.1, 0.2, 0.2]);
  expect(seconds).toHaveLength(1);
  expect(queue.getState()).toMatchObject({ status: 'done', problem: null });
});

test('a pause before the first step in turns holds the second too', async () => {
  ends = [['paused', 0]];
  await queue.getState().start('digits', runs(0.1, 0.2), true);
  expect(queue.getState().status).toBe('paused');
  expect(rates).toEqual([0.1]);
  await queue.getState().resume();
  expect(rates).toEqual([0.1, 0.1, 0.2]);
  expect(statuses()).toEqual(['done', 'done']);
});

test('a stop in turns ends both; what fails in one ends the other', async () => {
  ends = [['paused', 1]];
  secondEnds = [['paused', 1]];
  await queue.getState().start('digits', runs(0.1, 0.2), true);
  await queue.getState().stop();
  expect(statuses()).toEqual(['stopped', 'stopped']);

  secondEnds = [['failed', 0]];
  const pause = vi.fn(async () => {});
  page.core.setState({ pauseTraining: pause } as never);
  ends = [['finished', 4]];
  await queue.getState().start('digits', runs(0.1, 0.2), true);
  expect(queue.getState().status).toBe('stopped');
  // At the start, and for the failure.
  expect(pause).toHaveBeenCalledTimes(2);
});
