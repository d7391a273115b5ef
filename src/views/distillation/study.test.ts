import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../engine/checkpoint/bundle';
import { readSafetensors } from '../../engine/checkpoint/safetensors';
import { splitOf } from '../../engine/data/split';
import { type StudyEnvironment, studyEnvironment } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import { initialWeights } from '../../engine/unet/weights';
import { losableBackend, sessionWithDigits, wasm } from '../../testing/session';
import { tinyConfig } from '../../testing/tinyModel';
import { distillationGroup } from './settings';
import { type DistillingReport, distilling } from './study';

const request = {
  ...distillationGroup.defaults,
  ...{ teacherSteps: 4, steps: 3, batchSize: 4, samples: 16, pairs: 8 },
};
const length = 64;

/** A tiny model of images of two greys, of which a tenth is held out; `seen` collects what batches may be drawn from. */
async function tinyEnvironment(config = tinyConfig) {
  const { operations } = await wasm;
  const weights = initialWeights(config, new Random(4));
  const count = 200;
  const images = Float32Array.from({ length: count * length }, (_, i) =>
    Math.floor(i / length) % 2 ? 0.5 : -0.5,
  );
  const dataset = {
    ...{ id: 'own:grey' as const, images, count, imageSize: 8, channels: 1 as const },
    ...{ labels: new Uint8Array(count), classNames: ['grey'] },
  };
  let turns = 0;
  const place = {
    inTurn: async <T>(work: () => Promise<T> | T) => {
      turns++;
      return work();
    },
    dataset: () => dataset,
    readModel: () => Promise.reject(new Error('There is no file.')),
  };
  const environment = studyEnvironment({ config, weights, operations, sawHeldOut: false }, place);
  return { environment, weights, dataset, turns: () => turns };
}

async function run(environment: StudyEnvironment, changes: Partial<typeof request> = {}, until = () => true) {
  const reports: DistillingReport[] = [];
  const result = await distilling(environment, { ...request, ...changes }, async (report) => {
    reports.push(report);
    return until();
  });
  const of = <Kind extends DistillingReport['kind']>(kind: Kind) =>
    reports.filter((report): report is Extract<DistillingReport, { kind: Kind }> => report.kind === kind);
  return { result, reports, of, student: of('student')[0] };
}

const valuesOf = async (weights: ReadonlyMap<string, tf.Tensor>) =>
  Promise.all([...weights.values()].map(async (tensor) => Float32Array.from(await tensor.data())));

describe('a distillation', () => {
  it('goes through its stages, shows both models, and ends in a file like that of the command line', async () => {
    const { environment, weights } = await tinyEnvironment();
    const before = await valuesOf(weights);
    const tensors = tf.memory().numTensors;
    const { result, of, student } = await run(environment);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(await valuesOf(weights), 'the teacher stays as it is').toEqual(before);
    expect(result).toEqual({ finished: true, distances: null });
    expect(of('step').map(({ done, stage, step, drawsIn }) => [done, stage, step, drawsIn])).toEqual([
      ...[1, 2, 3].map((step) => [step, 0, step, 2]),
      ...[1, 2, 3].map((step) => [3 + step, 1, step, 1]),
    ]);
    const drawn = of('images').map((report) => [report.of, report.steps, report.evaluations, report.step]);
    expect(drawn).toEqual([
      ['teacher', 4, 4, 0],
      ['teacherInFew', 2, 2, 0],
      ['student', 2, 2, 1],
      ['student', 2, 2, 3],
      ['teacherInFew', 1, 1, 0],
      ['student', 1, 1, 1],
      ['student', 1, 1, 3],
    ]);
    const images = of('images').map((report) => report.images);
    expect(images[2], 'of the student, not of its teacher').not.toEqual(images[1]);
    expect(images[3], 'as it learns').not.toEqual(images[2]);
    const { metadata } = readSafetensors(student?.bytes as Uint8Array);
    expect(metadata).toMatchObject({ dataset: 'own:grey', saw_held_out: 'false', steps: '3' });
    expect(JSON.parse(metadata.distilled as string)).toEqual({
      ...{ method: 'progressive', teacher_steps: 4, student_steps: 1, guidance: 0 },
    });
    const { config } = readBundle(student?.bytes as Uint8Array);
    expect(config).toMatchObject({ objective: 'flow', schedule: 'straight', imageSize: 8 });
  });

  it('is the same by the same seed, and another by another', async () => {
    const bytes = async (seed: number) =>
      (await run((await tinyEnvironment()).environment, { seed })).student?.bytes as Uint8Array;
    const one = await bytes(5);
    expect(await bytes(5)).toEqual(one);
    expect(await bytes(6)).not.toEqual(one);
  });

  it('never sees a held-out image', async () => {
    const { environment, dataset } = await tinyEnvironment();
    // Each image says which it is, so that those that are held out can be spoilt.
    const numbered = { ...dataset, images: dataset.images.map((_, i) => Math.floor(i / length) / 200) };
    const { heldOut } = splitOf(numbered);
    expect(heldOut.count).toBe(20);
    const spoilt = { ...dataset, images: dataset.images.slice() };
    for (let i = 0; i < heldOut.count; i++) {
      const index = Math.round(200 * (heldOut.images[i * length] as number));
      spoilt.images.fill(Number.NaN, index * length, (index + 1) * length);
    }
    const { of } = await run({ ...environment, dataset: () => spoilt }, { batchSize: 180 });
    expect(of('step')).toHaveLength(6);
  });

  it('goes on with its data set where the page chooses another one', async () => {
    const { environment, dataset } = await tinyEnvironment();
    let asked = 0;
    const result = await run({
      ...environment,
      dataset: () => ({ ...dataset, id: `own:${asked++}` as const }),
    });
    const { metadata } = readSafetensors(result.student?.bytes as Uint8Array);
    expect(metadata.dataset).toBe('own:0');
  });

  it('ended in the middle, it still gives the student as far as it came', async () => {
    const { environment } = await tinyEnvironment();
    let steps = 0;
    const tensors = tf.memory().numTensors;
    const { result, of, student } = await run(environment, { steps: 50 }, () => {
      return ++steps < 20;
    });
    expect(result).toEqual({ finished: false, distances: null });
    expect(student).toMatchObject({ stage: 0, stages: 2, drawsIn: 2 });
    expect(student?.step).toBe(of('step').length);
    const { metadata } = readSafetensors(student?.bytes as Uint8Array);
    expect(JSON.parse(metadata.distilled as string).student_steps).toBe(2);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('ended before the first step, there is no student', async () => {
    const { environment } = await tinyEnvironment();
    const { result, student } = await run(environment, {}, () => false);
    expect([result.finished, student]).toEqual([false, undefined]);
  });

  it('by reflow draws its pairs first', async () => {
    const { environment } = await tinyEnvironment();
    const { reports, of, student } = await run(environment, { method: 'reflow', studentSteps: 2 });
    expect(reports[0]).toEqual({ kind: 'pairs', done: 8, total: 8 });
    expect(student).toMatchObject({ stage: 0, stages: 1, drawsIn: 2 });
    expect(of('step')).toHaveLength(3);
  });

  it('with guidance, the teacher asks the network twice a step and the student once', async () => {
    const { environment } = await tinyEnvironment({ ...tinyConfig, nClasses: 1 });
    const { of } = await run(environment, { guidance: 2 });
    const evaluations = of('images').map((report) => [report.of, report.steps, report.evaluations]);
    expect(evaluations[0]).toEqual(['teacher', 4, 8]);
    expect(evaluations.at(-1)).toEqual(['student', 1, 1]);
  });

  it('that diverges ends with what to do, and leaves nothing behind', async () => {
    const { environment } = await tinyEnvironment();
    const tensors = tf.memory().numTensors;
    const spoilt = environment.dataset().images;
    spoilt.fill(Number.NaN);
    await expect(run(environment)).rejects.toThrow(/diverged\. Choose a lower learning rate/);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('refuses settings that do not fit the model or each other', async () => {
    const { environment } = await tinyEnvironment();
    await expect(run(environment, { teacherSteps: 12 })).rejects.toThrow(/must be 1 times 2, 4, 8/);
    await expect(run(environment, { teacherSteps: 64 })).rejects.toThrow(/from 1 to 50, not 64/);
    await expect(run(environment, { batchSize: 181 })).rejects.toThrow(/1 to 180 images/);
  });
});

it('measures teacher and student between held-out images and noise', async () => {
  const session = await sessionWithDigits({ studies: { distilling } });
  const changes = { teacherSteps: 8, studentSteps: 4, steps: 2, batchSize: 8, samples: 64 };
  const measured: number[] = [];
  const { finished, distances } = await session.study<typeof distilling>(
    'distilling',
    { shipped: 'digits' },
    { ...distillationGroup.defaults, ...changes },
    ({ kind, done, total }) => {
      if (kind === 'measuring') measured.push(done / total);
    },
  );
  expect([finished, measured.at(-1)]).toEqual([true, 1]);
  if (!distances) throw new Error('The digits have features.');
  const { count, floor, teacher, teacherInFew, student, ceiling } = distances;
  expect(count).toBe(64);
  expect(floor).toBeLessThan(teacher);
  expect(teacher).toBeLessThan(teacherInFew);
  // After two steps it is still a diffusion's network that is taken for a flow's.
  expect(teacherInFew).toBeLessThan(student);
  expect(teacherInFew).toBeLessThan(ceiling);
});

it('ends with a message where the GPU is lost meanwhile', async () => {
  const { start, lose } = await losableBackend();
  const session = await sessionWithDigits({ studies: { distilling }, startBackend: start });
  const distilled = session.study<typeof distilling>(
    'distilling',
    { shipped: 'digits' },
    { ...request, steps: 50 },
    ({ kind }) => {
      if (kind === 'step') lose();
    },
  );
  await expect(distilled).rejects.toThrow(/^The GPU stopped \(the driver was reset\)/);
});
