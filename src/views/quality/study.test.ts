import { expect, test } from 'vitest';
import { splitOf } from '../../engine/data/split';
import type { SampleChoice } from '../../engine/quality/evaluateSamples';
import { sessionWithDigits, sessionWithModel } from '../../testing/session';
import { type QualityReport, quality } from './study';

const studies = { quality };
const request = { count: 64, seed: 1, sampler: 'ddim', steps: 25, guidance: 0 } as const;
const noReport = () => {};

test('of the shipped model lies between floor and ceiling', async () => {
  const session = await sessionWithDigits({ studies });
  const reports: QualityReport[] = [];
  const result = await session.study<typeof quality>('quality', { shipped: 'digits' }, request, (report) => {
    reports.push(report);
  });
  if (!result) throw new Error('It was not to be stopped.');
  const { features, samples, nearest, distances } = result;
  if (!features) throw new Error('The digits have features.');
  const { model, floor, ceiling } = features;
  expect(floor.frechet).toBeLessThan(model.frechet);
  expect(3 * model.frechet).toBeLessThan(ceiling.frechet);
  expect(floor.precision).toBeGreaterThan(0.6);
  expect(model.precision).toBeGreaterThan(0.5);
  expect(ceiling.precision).toBeLessThan(0.1);
  expect(ceiling.recall).toBeLessThan(0.1);
  // The model has learned from these alone.
  const { images } = splitOf(await session.loadDataset('digits')).training;
  for (let i = 0; i < request.count; i++) {
    const image = (values: Float32Array, index: number) => values.subarray(index * 64, (index + 1) * 64);
    const distance = (other: Float32Array) => rms(image(samples, i), other);
    const all = Array.from({ length: images.length / 64 }, (_, k) => distance(image(images, k)));
    expect(distances[i]).toBeCloseTo(Math.min(...all), 5);
    expect(distance(image(nearest, i))).toBeCloseTo(distances[i] as number, 5);
  }
  expect(reports.map(({ stage }) => stage)).toEqual([...new Array(26).fill('sampling'), 'comparing']);
});

test('of a model with classes: guidance makes its samples less varied', async () => {
  const session = await sessionWithDigits({ studies });
  const source = { shipped: 'digitsByClass' } as const;
  const plain = await session.study<typeof quality>('quality', source, request, noReport);
  const guided = await session.study<typeof quality>(
    'quality',
    source,
    { ...request, guidance: 6 },
    noReport,
  );
  const [one, other] = [plain?.features?.model, guided?.features?.model];
  expect(one?.precision).toBeGreaterThan(0.6);
  expect(one?.frechet).toBeLessThan(other?.frechet as number);
  expect(one?.recall).toBeGreaterThan(other?.recall as number);
});

test('of noise in, noise out is near the ceiling; it can be stopped', async () => {
  const session = await sessionWithModel({ studies });
  const result = await session.study<typeof quality>('quality', { own: 'raw' }, request, noReport);
  const { model, floor } = result?.features ?? {};
  expect(model?.frechet).toBeGreaterThan(10 * (floor?.frechet ?? Number.NaN));
  expect(result?.heldOutLoss).toBeGreaterThan(0.9);
  expect(result?.sawHeldOut).toBe(false);
  expect(
    await session.study<typeof quality>('quality', { own: 'raw' }, request, ({ done }) => done < 5),
  ).toBeNull();
});

test.each<[string, Partial<SampleChoice>]>([
  ['number of samples must be a whole number from 40 to 179, not 39', { count: 39 }],
  ['from 40 to 179, not 180', { count: 180 }],
  ["no sampler 'euler'", { sampler: 'euler' as never }],
  ['guidance w must be from 0 to 8, not 9', { guidance: 9 }],
])('refuses with “%s”', async (message, changes) => {
  const session = await sessionWithDigits({ studies });
  const asked = session.study<typeof quality>(
    'quality',
    { shipped: 'digits' },
    { ...request, ...changes },
    noReport,
  );
  await expect(asked).rejects.toThrow(message);
});

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length);
}
