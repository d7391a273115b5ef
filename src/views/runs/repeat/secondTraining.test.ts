import { expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../settings/defaultSettings';
import type { SecondBeginning, TrainingEnd, TrainingEvent } from '../../../worker/protocol';
import { RunRecorder } from '../record/recorder';
import { MemoryRuns } from '../testing/memoryRuns';
import { trainingPage } from '../testing/trainingPage';
import { secondTraining } from './secondTraining';

const settings = { ...defaultSettings('digits'), seed: 9 };

/** An engine that takes three steps a call, and keeps a bundle at the end. */
function engine() {
  let step = 0;
  const begins: SecondBeginning[] = [];
  return {
    begins,
    pauseTraining: vi.fn(async () => {}),
    async trainSecond(
      begin: SecondBeginning,
      { steps }: { steps: number },
      listen: (event: TrainingEvent) => unknown,
      keep: (bundle: Uint8Array, step: number) => unknown,
    ): Promise<TrainingEnd> {
      begins.push(begin);
      const losses = Float32Array.of(0.5, 0.4, 0.3);
      step += 3;
      listen({ kind: 'progress', step, losses, lossByTime: Float32Array.of(0.5) } as TrainingEvent);
      await keep(Uint8Array.of(step), step);
      return { reason: step >= steps ? 'finished' : 'paused', step };
    },
  };
}

test('a second model is recorded as a run of its own, and goes on from the bundle that the page keeps', async () => {
  const page = trainingPage();
  page.core.setState({
    drafts: {},
    dataset: { status: 'ready', problem: null, data: { id: 'digits' } },
  } as never);
  const storage = new MemoryRuns();
  const fake = engine();
  const second = secondTraining(
    {
      core: page.core as never,
      engine: fake as never,
      record: (place) =>
        new RunRecorder({
          ...place,
          storage,
          measured: { subscribe: () => () => {} },
          lock: async () => () => {},
          now: () => 0,
          later: () => () => {},
          tell: () => {},
        }),
    },
    { ...settings, training: { ...settings.training, steps: 6 } },
    'seed 9',
  );
  expect(await second.train()).toMatchObject({ status: 'paused', step: 3 });
  await second.kept();
  const [row] = [...storage.rows.values()];
  expect(row?.facts).toMatchObject({ name: 'Digits 1: seed 9', step: 3, settings: { seed: 9 } });
  expect(row?.body.losses.mean).toEqual([0.5, 0.4, 0.3]);
  expect(row?.checkpoint).toEqual({ step: 3, bundle: Uint8Array.of(3) });

  expect(await second.train()).toMatchObject({ status: 'finished', step: 6 });
  await second.kept();
  expect(fake.begins).toEqual([{ config: settings.model, seed: 9 }, { bundle: Uint8Array.of(3) }]);
  expect([...storage.rows.values()].map(({ facts, checkpoint }) => [facts.step, checkpoint?.step])).toEqual([
    [6, 6],
  ]);
  expect(page.core.getState().training.model).toBeNull();
});
