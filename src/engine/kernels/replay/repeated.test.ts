import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fusedOperations } from '../fused';
import { feed } from './feed';
import { disposeRepeated, repeatedOf } from './kept';
import { type Live, now } from './live';
import { registerRecorder } from './recorder';
import { Repeated } from './repeated';

interface Input {
  value: number;
}

/** What was done, in order: 'work' is a run through tfjs. */
let log: string[];
/** Whether what is recorded can be replayed, and whether a replay finds its tensors in place. */
let records: boolean;
let inPlace: boolean;

const work = ({ value }: Input) => {
  log.push('work');
  return tf.tensor1d([value]);
};

const recorderNamed = (name: string) => ({
  record: (run: () => tf.Tensor) => {
    log.push(`${name} records`);
    const replay = {
      run: () => {
        if (!inPlace) return undefined;
        log.push(`${name} replays`);
        return Promise.resolve(Float32Array.of(7));
      },
      dispose: () => log.push(`${name} disposes`),
    };
    return { output: run(), replay: records ? replay : undefined };
  },
});

beforeEach(async () => {
  await tf.setBackend('cpu');
  log = [];
  records = true;
  inPlace = true;
  registerRecorder('cpu', recorderNamed('first'));
});
afterEach(() => registerRecorder('cpu', { record: (run) => ({ output: run(), replay: undefined }) }));

describe('a computation that is repeated', () => {
  test('runs through tfjs once, is recorded at its second run, and replayed from the third', async () => {
    const before = tf.memory().numTensors;
    const repeated = new Repeated(fusedOperations, work);
    expect([...(await repeated.run({ value: 1 }))]).toEqual([1]);
    expect([...(await repeated.run({ value: 2 }))]).toEqual([2]);
    expect([...(await repeated.run({ value: 3 }))]).toEqual([7]);
    expect([...(await repeated.run({ value: 4 }))]).toEqual([7]);
    expect(log).toEqual(['work', 'first records', 'work', 'first replays', 'first replays']);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is traced and recorded anew where its tensors have moved', async () => {
    const repeated = new Repeated(fusedOperations, work);
    for (const value of [1, 2, 3]) await repeated.run({ value });
    inPlace = false;
    log = [];
    expect([...(await repeated.run({ value: 4 }))]).toEqual([4]);
    inPlace = true;
    await repeated.run({ value: 5 });
    expect(log).toEqual(['first disposes', 'first records', 'work', 'first replays']);
  });

  test('is given up after three vain recordings', async () => {
    records = false;
    const repeated = new Repeated(fusedOperations, work);
    for (let value = 0; value < 6; value++) expect([...(await repeated.run({ value }))]).toEqual([value]);
    expect(log.filter((entry) => entry === 'first records')).toHaveLength(3);
  });

  test('is never recorded for operations that wrap the fused ones', async () => {
    const repeated = new Repeated({ ...fusedOperations }, work);
    for (let value = 0; value < 4; value++) expect([...(await repeated.run({ value }))]).toEqual([value]);
    expect(log).toEqual(['work', 'work', 'work', 'work']);
  });

  test('leaves the replay of a backend that was started anew', async () => {
    const repeated = new Repeated(fusedOperations, work);
    for (const value of [1, 2, 3]) await repeated.run({ value });
    registerRecorder('cpu', recorderNamed('second'));
    log = [];
    expect([...(await repeated.run({ value: 4 }))]).toEqual([4]);
    await repeated.run({ value: 5 });
    expect(log).toEqual(['first disposes', 'second records', 'work', 'second replays']);
  });
});

describe('what is kept for an owner', () => {
  const run = (owner: object, key: string, settings: object, value: number) =>
    repeatedOf(owner, key, fusedOperations, [settings], work).run({ value });

  test('is found again by its key, made anew for other settings, and given up with the owner', async () => {
    const [owner, settings] = [{}, {}];
    for (const value of [1, 2, 3]) await run(owner, 'a', settings, value);
    expect(log.at(-1)).toBe('first replays');
    await run(owner, 'b', settings, 1);
    expect(log.at(-1)).toBe('work');
    log = [];
    await run(owner, 'a', {}, 1);
    expect(log).toEqual(['first disposes', 'work']);
    await run(owner, 'a', settings, 1);
    await run(owner, 'a', settings, 1);
    log = [];
    disposeRepeated(owner);
    expect(log).toEqual(['first disposes']);
    await run(owner, 'a', settings, 1);
    expect(log.at(-1)).toBe('work');
  });

  test('is no more than eight: the one that was used longest ago goes', async () => {
    const [owner, settings] = [{}, {}];
    for (let key = 0; key < 8; key++) {
      for (const value of [1, 2]) await run(owner, String(key), settings, value);
    }
    await run(owner, '0', settings, 3);
    expect(log.at(-1)).toBe('first replays');
    log = [];
    await run(owner, 'another', settings, 1);
    expect(log).toEqual(['first disposes', 'work']);
    await run(owner, '0', settings, 3);
    expect(log.at(-1)).toBe('first replays');
    await run(owner, '1', settings, 3);
    expect(log.at(-1)).toBe('work');
  });
});

test('a live value is asked each time, and a feed is a tensor of what its function says', () => {
  let calls = 0;
  const live: Live<number> = () => ++calls;
  expect([now(live), now(live), now<number>(5)]).toEqual([1, 2, 5]);
  const fed = feed<tf.Rank.R2>(() => Float32Array.of(1, 2), [1, 2]);
  expect(fed.shape).toEqual([1, 2]);
  expect([...fed.dataSync()]).toEqual([1, 2]);
  fed.dispose();
});
