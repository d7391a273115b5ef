import { describe, expect, it } from 'vitest';
import type { StudyEngine } from '../../store/latestStudy';
import { viewCore } from '../../testing/viewCore';
import { distillationProblem, fieldProblems } from './problems';
import { distillationGroup } from './settings';
import { createDistillation } from './state';
import type { DistillingReport, DistillingResult } from './study';

type Listen = (report: DistillingReport) => unknown;

/** A page with the pretrained digits, and an engine whose study the test plays. */
function arrive(origin: 'shipped' | 'shippedByClass' = 'shipped') {
  const others = {
    session: { status: 'ready', backend: null },
    dataset: { data: { id: 'digits', imageSize: 8, channels: 1 } },
    training: { status: 'idle', model: null, step: 0 },
  };
  const core = viewCore(others);
  core.setState({ values: { ...core.getState().values, origin: { origin } } });
  const asked: { request: typeof distillationGroup.defaults; listen: Listen }[] = [];
  let answer: (result: DistillingResult) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const study = (_name: string, _source: unknown, request: never, listen: Listen) => {
    asked.push({ request, listen });
    return new Promise<DistillingResult>((resolve, reject) => {
      [answer, fail] = [resolve, reject];
    });
  };
  const store = createDistillation({ core: core as never, engine: { study } as unknown as StudyEngine });
  const tell = async (report: DistillingReport) => (asked.at(-1) as (typeof asked)[number]).listen(report);
  return {
    core,
    asked,
    state: store.getState,
    begun: async () => {
      const run = store.getState().distil();
      await Promise.resolve();
      return { run };
    },
    tell,
    answer: (result: DistillingResult) => answer(result),
    fail: (error: Error) => fail(error),
  };
}

/** What is shown once a frame is shown after it. */
const frame = () => new Promise((resolve) => setTimeout(resolve, 40));

const place = { stage: 0, stages: 2, drawsIn: 2 };
const step = (done: number): DistillingReport => ({
  ...{ kind: 'step', done, total: 6, loss: 1 / done, step: done },
  ...place,
});
const student: DistillingReport = {
  ...{ kind: 'student', done: 2, total: 6, step: 2, bytes: Uint8Array.of(1, 2, 3) },
  ...place,
};
const distances = { count: 64, floor: 1, teacher: 2, teacherInFew: 40, student: 3, ceiling: 200 };

describe('a distillation', () => {
  it('shows stage, losses and images as they come, and in the end the student and its distances', async () => {
    const page = arrive();
    const { run } = await page.begun();
    expect(page.state()).toMatchObject({ status: 'running', shipped: 'digits', student: null });
    const images = new Float32Array(64);
    await page.tell({
      kind: 'images',
      of: 'teacher',
      step: 0,
      done: 0,
      total: 6,
      images,
      steps: 4,
      evaluations: 8,
    });
    await frame();
    await page.tell(step(1));
    await page.tell(step(2));
    await page.tell(student);
    await page.tell({ kind: 'measuring', done: 3, total: 10 });
    expect(page.state()).toMatchObject({ done: 3, total: 10 });
    page.answer({ finished: true, distances });
    await run;
    const { status, losses, learned, drawn, place: last, ...rest } = page.state();
    expect([status, learned, [...losses.raw]]).toEqual(['finished', 2, [1, 0.5]]);
    expect(last).toEqual({ ...place, step: 2 });
    expect(drawn.teacher).toEqual({ images, steps: 4, evaluations: 8, step: 0 });
    expect(rest).toMatchObject({ phase: 'measuring', done: 2, total: 2, distances });
    expect(rest.student).toMatchObject({
      fileName: 'ddpm-digits-progressive-2-steps.safetensors',
      kept: false,
    });
    expect(rest.student?.file.size).toBe(3);
    page.state().noteKept();
    expect(page.state().student?.kept).toBe(true);
  });

  it('stopped in the middle, also while it is paused, keeps the student as far as it came', async () => {
    const page = arrive();
    const { run } = await page.begun();
    expect(await page.tell(step(1))).not.toBe(false);
    page.state().pause();
    const held = page.tell(step(2));
    page.state().stop();
    expect(await held).toBe(false);
    await page.tell(student);
    page.answer({ finished: false, distances: null });
    await run;
    expect(page.state()).toMatchObject({ status: 'stopped', learned: 2, distances: null });
    expect(page.state().student?.place).toEqual({ ...place, step: 2 });
  });

  it('that fails says why, and a student of before is gone only with the next run', async () => {
    const page = arrive();
    const { run } = await page.begun();
    await page.tell(student);
    page.fail(new Error('The loss of step 3 is NaN: distillation has diverged.'));
    await run;
    expect(page.state()).toMatchObject({ status: 'failed', problem: expect.stringMatching(/diverged/) });
    expect(page.state().student).not.toBeNull();
    await page.begun();
    expect(page.state()).toMatchObject({ status: 'running', problem: null, student: null, learned: 0 });
  });
});

describe('its settings', () => {
  it('reach the study; guidance only where the model has classes and the method knows it', async () => {
    const plain = arrive();
    plain.core.getState().set(distillationGroup, { guidance: 2, teacherSteps: 8 });
    await plain.begun();
    expect(plain.asked[0]?.request).toMatchObject({ guidance: 0, teacherSteps: 8, method: 'progressive' });
    const byClass = arrive('shippedByClass');
    byClass.core.getState().set(distillationGroup, { guidance: 2 });
    await byClass.begun();
    expect(byClass.asked[0]?.request.guidance).toBe(2);
    const reflow = arrive('shippedByClass');
    reflow.core.getState().set(distillationGroup, { guidance: 2, method: 'reflow' });
    await reflow.begun();
    expect(reflow.asked[0]?.request.guidance).toBe(0);
  });

  it('that do not fit each other are said at their field, and nothing is asked', async () => {
    const page = arrive();
    page.core.getState().set(distillationGroup, { teacherSteps: 12 });
    const state = () => page.core.getState() as never;
    expect(fieldProblems(state())).toEqual({
      teacherSteps: expect.stringMatching(/^Progressive distillation halves the steps.*not 12\.$/),
    });
    await page.begun();
    expect(page.asked).toHaveLength(0);
    expect(page.state().problem).toMatch(/halves the steps/);
    page.core.getState().set(distillationGroup, { method: 'consistency' });
    expect(distillationProblem(state())).toBeNull();
    page.core.getState().set(distillationGroup, { studentSteps: 13 });
    expect(fieldProblems(state())).toEqual({ studentSteps: expect.stringMatching(/from 1 to 12, not 13/) });
  });
});
