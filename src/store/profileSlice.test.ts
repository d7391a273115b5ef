import { describe, expect, test, vi } from 'vitest';
import { create } from 'zustand';
import type { StepProfile } from '../engine/measure/profile';
import { testModel } from './countingEngine';
import { createProfileSlice, type ProfilingEngine, profileProblem } from './profileSlice';

const measured = { milliseconds: 12 } as StepProfile;

function storeOver(engine: ProfilingEngine, status = 'paused') {
  const slice = createProfileSlice(engine);
  type State = Parameters<typeof slice>[1] extends () => infer S ? S : never;
  return create<State>()((...parts) => ({
    ...({
      session: { status: 'ready', backend: null, problem: null },
      training: { status, model: { config: testModel, parameters: 1 }, step: 3 },
      sampling: { status: 'idle' },
      settings: { training: { batchSize: 24 } },
    } as unknown as State),
    ...slice(...parts),
  }));
}

describe('the profile slice', () => {
  test('measures the trained model with the batch of the settings', async () => {
    const asked: unknown[] = [];
    const store = storeOver({
      profile: async (...args) => {
        asked.push(args);
        return measured;
      },
    });
    const measuring = store.getState().measureProfile();
    expect(store.getState().profiling.status).toBe('measuring');
    // A second click meanwhile asks for nothing.
    await Promise.all([measuring, store.getState().measureProfile()]);
    expect(asked).toEqual([[testModel, 24]]);
    expect(store.getState().profiling).toEqual({
      status: 'idle',
      profile: measured,
      config: testModel,
      problem: null,
    });
  });

  test('does not measure beside a training run, and says why', async () => {
    const profile = vi.fn(async () => measured);
    const store = storeOver({ profile }, 'training');
    expect(profileProblem(store.getState())).toMatch(/Pause training/);
    await store.getState().measureProfile();
    expect(profile).not.toHaveBeenCalled();
  });

  test('keeps the last profile where the next one fails', async () => {
    let fails = false;
    const store = storeOver({
      profile: async () => {
        if (fails) throw new Error('Out of memory');
        return measured;
      },
    });
    await store.getState().measureProfile();
    fails = true;
    await store.getState().measureProfile();
    expect(store.getState().profiling).toMatchObject({
      status: 'failed',
      problem: 'Out of memory',
      profile: measured,
    });
  });
});
