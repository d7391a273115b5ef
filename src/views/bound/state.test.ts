import { describe, expect, it, vi } from 'vitest';
import type { StudyEngine } from '../../store/latestStudy';
import { viewCore } from '../../testing/viewCore';
import { boundGroup } from './settings';
import { createBound } from './state';
import type { BoundResult, BoundTerm } from './study';

const terms: BoundTerm[] = [
  { t: 0, count: 1, nats: 0.5, error: 0.1 },
  { t: 7, count: 999, nats: 0.001, error: 0 },
];
const result: BoundResult = {
  prior: { nats: 0.01, error: 0 },
  terms,
  pictures: 64,
  levels: 17,
  sawHeldOut: false,
};
const reports = terms.map((term, i) => ({ done: i + 1, total: 2, term }));

function arrive(recall: StudyEngine['recall']) {
  const study = vi.fn<(...asked: unknown[]) => Promise<BoundResult>>(() => new Promise(() => {}));
  const others = {
    session: { status: 'ready', backend: null },
    dataset: { data: { id: 'digits', imageSize: 8, channels: 1 } },
    training: { status: 'idle', model: null, step: 0 },
  };
  const core = viewCore(others);
  const store = createBound({ core: core as never, engine: { study, recall } as unknown as StudyEngine });
  return { core, study, state: store.getState };
}

describe('a bound that was measured in advance', () => {
  it('is shown as if it had been measured, and said to be stored', async () => {
    const recall = vi.fn(async () => ({ request: {}, reports, result }));
    const { study, state } = arrive(recall as never);
    await state().recall();
    expect(recall).toHaveBeenCalledWith('bound', 'digits', boundGroup.defaults);
    expect(state()).toMatchObject({ status: 'finished', stored: true, shipped: 'digits', terms, result });
    expect(state().diffusion?.nSteps).toBe(1000);
    expect(study).not.toHaveBeenCalled();
  });

  it('changes nothing where none is stored, or its file cannot be read', async () => {
    for (const recall of [async () => undefined, () => Promise.reject(new Error('404'))]) {
      const { state } = arrive(recall as never);
      await state().recall();
      expect(state()).toMatchObject({
        status: 'idle',
        stored: false,
        terms: [],
        result: null,
        problem: null,
      });
    }
  });

  it('goes where none is stored of the next model', async () => {
    const recall = vi.fn(async () => ({ request: {}, reports, result }) as unknown);
    const { state } = arrive(recall as never);
    await state().recall();
    recall.mockResolvedValue(undefined);
    await state().recall();
    expect(state()).toMatchObject({ status: 'idle', stored: false, shipped: null, terms: [], result: null });
  });

  it('gives way to a measurement, which is not called stored', async () => {
    let answer: (stored: unknown) => void = () => {};
    const recall = vi.fn(() => new Promise((resolve) => (answer = resolve)));
    const { state } = arrive(recall as never);
    const recalled = state().recall();
    void state().measure();
    answer({ request: {}, reports, result });
    await recalled;
    expect(state()).toMatchObject({ status: 'running', stored: false, shipped: 'digits', terms: [] });
    await state().recall();
    expect(recall).toHaveBeenCalledOnce();
  });
});
