import { afterEach, expect, test, vi } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import { memoryEstimate } from '../engine/unet/size';
import { losableBackend, ofKind, sessionWithDigits, sessionWithModel, wasmWith } from '../testing/session';
import { tinyConfig, tinyTraining } from '../testing/tinyModel';
import type { TrainingEvent } from './protocol';
import type { Session } from './session';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const nobody = () => {};
const second = { config: tinyConfig, seed: 2 };
const forever = { ...tinyTraining, steps: 1e6 };

/** What the page keeps of a second model. */
function keeper() {
  const kept: { bundle: Uint8Array; step: number }[] = [];
  return { kept, keep: async (bundle: Uint8Array, step: number) => void kept.push({ bundle, step }) };
}
const lossesOf = (bundle: Uint8Array | undefined) =>
  Array.from(readBundle(bundle as Uint8Array).training?.losses ?? []);

/** The losses of a model alone. */
async function alone(seed: number, steps: number): Promise<number[]> {
  const session = await sessionWithDigits();
  await session.createModel(tinyConfig, seed);
  await session.train({ ...tinyTraining, steps }, nobody);
  return lossesOf((await session.exportModel({ kind: 'bundle' })).bytes);
}

test('two models take their steps in turns, and each learns what it learns alone', async () => {
  /** The model of each step, by one of its tensors. */
  const order: unknown[] = [];
  const adamEma: Operations['adamEma'] = (updates, settings) => {
    order.push(updates[0]?.m);
    fusedOperations.adamEma(updates, settings);
  };
  const session = await sessionWithModel({ startBackend: wasmWith({ adamEma }) });
  const { kept, keep } = keeper();
  const events: TrainingEvent[] = [];
  const settings = { ...tinyTraining, steps: 12 };
  const ends = await Promise.all([
    session.train(settings, nobody),
    session.trainSecond(second, settings, (event) => events.push(event), keep),
  ]);
  expect(ends).toEqual([
    { reason: 'finished', step: 12 },
    { reason: 'finished', step: 12 },
  ]);
  expect(kept.at(-1)?.step).toBe(12);
  expect(lossesOf(kept.at(-1)?.bundle)).toEqual(await alone(2, 12));
  expect(lossesOf((await session.exportModel({ kind: 'bundle' })).bytes)).toEqual(await alone(1, 12));
  expect(ofKind(events, 'preview').at(-1)?.step).toBe(12);
  // Once both have begun, no model takes two steps in a row until one has taken all.
  const begun = order.indexOf(order.find((model) => model !== order[0]));
  const together = order.slice(begun - 1, 2 * 12 - begun);
  expect(together.length).toBeGreaterThan(16);
  expect(together.filter((model, i) => model === together[i - 1])).toEqual([]);
});

/** Resolves when a second model has taken so many steps. */
function trainedBeyond(session: Session, step: number, keep: ReturnType<typeof keeper>['keep']) {
  return new Promise<{ end: ReturnType<Session['trainSecond']> }>((resolve) => {
    const end = session.trainSecond(
      second,
      forever,
      (event) => event.kind === 'progress' && event.step >= step && resolve({ end }),
      keep,
    );
  });
}

test('a pause ends both after a step, and the second goes on from its bundle as if nothing had been', async () => {
  const session = await sessionWithModel();
  const { kept, keep } = keeper();
  const first = session.train(forever, nobody);
  const { end } = await trainedBeyond(session, 3, keep);
  await session.pauseTraining();
  expect(await first).toMatchObject({ reason: 'paused' });
  const { step, reason } = await end;
  expect(reason).toBe('paused');
  const last = kept.at(-1);
  expect(last?.step).toBe(step);
  await session.trainSecond(
    { bundle: last?.bundle as Uint8Array },
    { ...tinyTraining, steps: step + 4 },
    nobody,
    keep,
  );
  expect(lossesOf(kept.at(-1)?.bundle)).toEqual(await alone(2, step + 4));
});

test('the second trains on alone where the first has ended, and only one second can be', async () => {
  const session = await sessionWithModel();
  const { keep } = keeper();
  const { end } = await trainedBeyond(session, 1, keep);
  await session.train({ ...tinyTraining, steps: 3 }, nobody);
  await expect(session.trainSecond(second, forever, nobody, keep)).rejects.toThrow('already');
  await session.pauseTraining();
  expect((await end).step).toBeGreaterThan(1);
});

test('memory must fit both', async () => {
  const session = await sessionWithModel();
  const { kept, keep } = keeper();
  await session.train({ ...tinyTraining, steps: 1 }, nobody);
  // Room for one and a half of them.
  const { total } = memoryEstimate(tinyConfig, tinyTraining.batchSize);
  vi.stubGlobal('navigator', { deviceMemory: (2 * 1.5 * total) / 2 ** 30 });
  await session.train({ ...tinyTraining, steps: 2 }, nobody);
  await expect(session.trainSecond(second, tinyTraining, nobody, keep)).rejects.toThrow(
    'with a batch of 8 beside the other one takes about',
  );
  expect(kept).toEqual([]);
  expect(await session.train({ ...tinyTraining, steps: 3 }, nobody)).toMatchObject({ reason: 'finished' });
});

test('where the backend is lost, both go on with the next one from their last saves', async () => {
  const { start, lose } = await losableBackend();
  const session = await sessionWithModel({ startBackend: start });
  const { kept, keep } = keeper();
  const settings = { ...tinyTraining, steps: 30 };
  let lost = false;
  const losing = (event: TrainingEvent) => {
    if (event.kind !== 'progress' || lost) return;
    lost = true;
    lose();
  };
  const ends = await Promise.all([
    session.train(settings, nobody),
    session.trainSecond(second, settings, losing, keep),
  ]);
  expect(ends.map(({ reason, step }) => [reason, step])).toEqual([
    ['finished', 30],
    ['finished', 30],
  ]);
  expect(lossesOf(kept.at(-1)?.bundle)).toEqual(await alone(2, 30));
});
