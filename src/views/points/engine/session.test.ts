import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { usualPoints } from '../../../engine/points/shippedPoints';
import type { PointsEvent, PointsSettings, PointsView } from './protocol';
import { PointsSession } from './session';

const { count, noise, model } = usualPoints;
const settings: PointsSettings = { source: { set: 'rings', count }, noise, model, seed: 1 };
const view: PointsView = { t: 0, sampler: 'ddim', samplerSteps: 50, eta: 0 };
const read = (name: string) => readFile(new URL(`../../../../public/${name}`, import.meta.url));

async function open(trained: string | undefined) {
  const events: PointsEvent[] = [];
  const session = new PointsSession(read);
  const opened = await session.open({ ...settings, ...(trained && { trained }) }, view, (event) =>
    events.push(event),
  );
  const quality = events.find((event) => event.kind === 'quality');
  return { opened, distance: quality?.distance ?? Number.NaN };
}

test('opened with trained weights, the samples lie on the data at once; with random ones they do not', async () => {
  const untrained = await open(undefined);
  const trained = await open('models/points-rings.safetensors');
  expect(untrained.opened.trained).toBeNull();
  expect(trained.opened.trained?.steps).toBeGreaterThan(1000);
  expect(trained.distance).toBeLessThan(untrained.distance / 2);
  expect(trained.distance).toBeLessThan(2 * trained.opened.fresh + 0.005);
});

test('a file that is another, or not there, is said to be so', async () => {
  await expect(open('models/digits.safetensors')).rejects.toThrow(
    /digits\.safetensors, cannot be used \(it holds no model of points\)\. Train a new one/,
  );
  await expect(open('models/none.safetensors')).rejects.toThrow('cannot be used');
});
