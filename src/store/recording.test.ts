import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplingGroup } from '../settings/groups/sampling';
import type { SamplingSettings } from '../settings/samplingSettings';
import { testModel } from '../testing/countingEngine';
import type { SamplingStep } from '../worker/protocol';
import { framesOf, Recorder, recordingBytes, recordingStride } from './recording';

function stepAt(index: number, total: number, length: number): SamplingStep {
  const x = new Float32Array(length).fill(index === 0 ? 5 : 0);
  const none = index === 0;
  return { index, total, t: total - index - 1, x, x0: none ? null : x, eps: none ? null : x };
}

function record(total: number, steps: number, budget: number, count = 2) {
  const settings: SamplingSettings = { ...samplingGroup.defaults, count, steps: total };
  const recorder = new Recorder({ settings, model: testModel, trainedSteps: 0 }, total, budget);
  for (let index = 0; index <= steps; index++) recorder.record(stepAt(index, total, count * 4));
  return recorder.recording;
}

describe('recording', () => {
  it('keeps T = 1000 steps of 16 images of 28 × 28 whole, in less than 40 MB', () => {
    const model = { ...testModel, imageSize: 28 };
    expect(recordingBytes(16, model, 1000)).toBeLessThan(40e6);
    expect(recordingStride(16, model, 1000)).toBe(1);
  });

  it('keeps the first, the newest and every stride-th step, in order and within the budget', () => {
    const runs = fc.record({
      total: fc.integer({ min: 1, max: 300 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      budget: fc.integer({ min: 200, max: 5000 }),
    });
    fc.assert(
      fc.property(runs, ({ total, part, budget }) => {
        const taken = Math.round(total * part);
        const { steps, stride } = record(total, taken, budget);
        const bytes = steps.reduce(
          (sum, { x, x0, eps }) => sum + x.length + (x0?.length ?? 0) + (eps?.length ?? 0),
          0,
        );
        expect(bytes).toBeLessThanOrEqual(budget);
        expect(steps[0]).toMatchObject({ index: 0, t: testModel.nSteps, x0: null, eps: null });
        expect(steps.at(-1)?.index).toBe(taken);
        expect(steps.slice(0, -1).every(({ index }, i) => index === i * stride)).toBe(true);
        if (taken === total) expect(steps.length).toBe(framesOf({ total, stride }));
      }),
    );
  });

  it('is not changed by what comes later', () => {
    const settings: SamplingSettings = { ...samplingGroup.defaults, count: 1, steps: 3 };
    const recorder = new Recorder({ settings, model: testModel, trainedSteps: 0 }, 3);
    recorder.record(stepAt(0, 3, 4));
    const before = recorder.recording;
    recorder.record(stepAt(1, 3, 4));
    expect(before.steps.length).toBe(1);
    expect(recorder.recording.steps.length).toBe(2);
  });

  it('clips to the range that is drawn', () => {
    const { steps } = record(1, 1, 1e6);
    expect([steps[0]?.x[0], steps[1]?.x[0]]).toEqual([255, 128]);
  });
});
