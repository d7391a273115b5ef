import { readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readBundle } from '../checkpoint/bundle';
import { readSafetensors } from '../checkpoint/safetensors';
import { pointsFileName, shippedPointSets } from '../points/shippedPoints';
import { parameterCount } from '../unet/size';
import { type Between, pointsSheetName, sheetName, shippedMeasures } from './shippedMeasures';
import { type ShippedModelId, shippedModels } from './shippedModels';

const folder = new URL('../../../public/models/', import.meta.url);
const LARGEST = 8e6;
const ids = Object.keys(shippedModels) as ShippedModelId[];
const farFromNoise = ({ model, ceiling }: Between) => model < ceiling / 2;

describe.each(ids)('%s', (id) => {
  const { file, dataset, steps, sawHeldOut } = shippedModels[id];

  test('is a small file of finite halves that says what made it', async () => {
    const bytes = await readFile(new URL(file, folder));
    expect(bytes.length).toBeLessThan(LARGEST);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata).toMatchObject({ dataset, steps: String(steps), format: 'labml-ddpm-unet' });
    expect(metadata.saw_held_out ?? 'true').toBe(String(sawHeldOut));
    expect(Number(metadata.seed)).toBeGreaterThanOrEqual(0);
    expect(JSON.parse(metadata.recipe as string).at(-1).steps).toBe(steps);
    for (const [name, { dtype, data }] of tensors) {
      expect(dtype, name).toBe('F16');
      expect(data.every(Number.isFinite), name).toBe(true);
    }
    const { config, ema } = readBundle(bytes);
    const names = [...tensors.keys()];
    expect(new Set(names)).toEqual(new Set(ema.keys()));
    expect(names).toContain('image_proj.weight');
    expect(names.includes('class_emb.weight') || config.nClasses === 0, names.join()).toBe(true);
  });

  test('was measured as it is, and is far better than noise', async () => {
    const measured = shippedMeasures.models[id];
    if (!measured) throw new Error('Measure it: npm run models');
    const bytes = await readFile(new URL(file, folder));
    expect(measured).toMatchObject({ steps, bytes: bytes.length });
    expect(measured.parameters).toBe(parameterCount(readBundle(bytes).config));
    expect(measured.heldOutLoss).toBeLessThan(1.5 * measured.trainingLoss);
    expect(measured.frechet === null || farFromNoise(measured.frechet)).toBe(true);
    expect((await stat(new URL(sheetName(id), folder))).size).toBeLessThan(100_000);
  });
});

test.each(shippedPointSets)('the points of %s were measured as they are', async (set) => {
  const measured = shippedMeasures.points[set];
  if (!measured) throw new Error('Measure them: npm run models');
  expect(measured.bytes).toBe((await stat(new URL(pointsFileName(set), folder))).size);
  expect(farFromNoise(measured.distance)).toBe(true);
  expect((await stat(new URL(pointsSheetName(set), folder))).size).toBeLessThan(100_000);
});
