import { describe, expect, test, vi } from 'vitest';
import type { StepProfile } from '../../../engine/measure/profile';
import { patched } from '../../../settings/path';
import { testModel } from '../../../testing/countingEngine';
import { pageValues } from '../../../testing/values';
import { viewCore } from '../../../testing/viewCore';
import { createProfiling, type ProfilingEngine, profileProblem } from './state';

const measured = { milliseconds: 12 } as StepProfile;

function page(engine: ProfilingEngine, status = 'paused') {
  const values = pageValues();
  values.settings = patched(values.settings, { 'training.batchSize': 24 });
  const core = viewCore(
    {
      session: { status: 'ready', backend: null, problem: null },
      training: { status, model: { config: testModel, parameters: 1 }, step: 3 },
      sampling: { status: 'idle' },
    },
    values,
  ) as unknown as Parameters<typeof createProfiling>[0]['core'];
  return { core, state: createProfiling({ core, engine }).getState };
}

describe('the profile slice', () => {
  test('measures the trained model with the batch of the settings', async () => {
    const asked: unknown[] = [];
    const { state } = page({
      profile: async (...args) => {
        asked.push(args);
        return measured;
      },
    });
    const measuring = state().measure();
    expect(state().status).toBe('measuring');
    // A second click meanwhile asks for nothing.
    await Promise.all([measuring, state().measure()]);
    expect(asked).toEqual([[testModel, 24]]);
    expect(state()).toMatchObject({
      status: 'idle',
      profile: measured,
      config: testModel,
      problem: null,
    });
  });

  test('does not measure beside a training run, and says why', async () => {
    const profile = vi.fn(async () => measured);
    const { core, state } = page({ profile }, 'training');
    expect(profileProblem(core.getState())).toMatch(/Pause training/);
    await state().measure();
    expect(profile).not.toHaveBeenCalled();
  });

  test('keeps the last profile where the next one fails', async () => {
    let fails = false;
    const { state } = page({
      profile: async () => {
        if (fails) throw new Error('Out of memory');
        return measured;
      },
    });
    await state().measure();
    fails = true;
    await state().measure();
    expect(state()).toMatchObject({
      status: 'failed',
      problem: 'Out of memory',
      profile: measured,
    });
  });
});
