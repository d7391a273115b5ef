import { expect, test, vi } from 'vitest';
import type { StudyEngine } from '../../store/latestStudy';
import { viewCore } from '../../testing/viewCore';
import { reverseStepGroup } from './settings';
import { createReverseStep } from './state';

/** Two images of 8×8 pixels, all −1 and all 1, and an engine that answers with the x_t it is asked about. */
function arrive() {
  const study = vi.fn(async (_name: string, _source: unknown, { xt }: { xt: Float32Array; t: number }) => ({
    eps: xt,
  }));
  const images = new Float32Array(128).fill(-1, 0, 64).fill(1, 64);
  const core = viewCore({
    session: { status: 'ready', backend: null },
    dataset: { data: { id: 'digits', imageSize: 8, channels: 1, images, labels: [0, 1], count: 2 } },
    training: { status: 'idle', model: null, step: 0 },
  });
  const store = createReverseStep({ core: core as never, engine: { study } as unknown as StudyEngine });
  return { core, study, state: store.getState };
}

test('asks the shipped model about x_t = √ᾱ x₀ + √(1−ᾱ) ε of the chosen image, t counted from 0', async () => {
  const { core, study, state } = arrive();
  core.getState().set(reverseStepGroup, { index: 1, t: 300, seed: 7 });
  await state().predict();
  expect(study).toHaveBeenCalledTimes(1);
  const [name, source, { t, xt }] = study.mock.calls[0] as (typeof study.mock.calls)[0];
  expect([name, source, t]).toEqual(['reverseStep', { shipped: 'digits' }, 299]);
  const { prediction, status } = state();
  expect(status).toBe('finished');
  if (!prediction) throw new Error('It was answered.');
  expect([...prediction.x0]).toEqual(new Array(64).fill(1));
  // The product of 1 − β over the first 300 of 1,000 betas that grow evenly from 1e-4 to 0.02.
  let alphaBar = 1;
  for (let i = 0; i < 300; i++) alphaBar *= 1 - (1e-4 + (0.0199 * i) / 999);
  for (let i = 0; i < 64; i++)
    expect(xt[i]).toBeCloseTo(
      Math.sqrt(alphaBar) + Math.sqrt(1 - alphaBar) * (prediction.noise[i] as number),
      4,
    );
  expect(prediction.eps).toBe(xt);
});

test('at t = 0 it asks about the first step; with no model it says why', async () => {
  const { core, study, state } = arrive();
  core.getState().set(reverseStepGroup, { t: 0 });
  await state().predict();
  expect(study.mock.calls[0]?.[2].t).toBe(0);
  core.setState({ dataset: { data: { id: 'shapes' } } } as never);
  await state().predict();
  expect(state().problem).toMatch(/\w/);
  expect(study).toHaveBeenCalledTimes(1);
});
