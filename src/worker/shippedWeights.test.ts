import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { datasets } from '../engine/data/datasets';
import { type ShippedModelId, shippedModels } from '../engine/models/shippedModels';
import { parameterCount } from '../engine/unet/size';
import type { SamplingSettings } from '../settings/samplingSettings';
import { sessionWithDigits } from '../testing/session';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import { checkModelFits } from './modelFits';
import { ShippedWeights } from './shippedWeights';

const fileOf = (name: string) => readFile(new URL(`../../public/models/${name}`, import.meta.url));
const ids = Object.keys(shippedModels) as ShippedModelId[];

describe('a model that ships', () => {
  test.each(ids)('is read once, fits its data set, and has all of its weights: %s', async (id) => {
    const read = vi.fn(fileOf);
    const weights = new ShippedWeights(read);
    const [first, second] = await Promise.all([weights.open(id), weights.open(id)]);
    expect(second).toBe(first);
    expect(await weights.open(id)).toBe(first);
    expect(read).toHaveBeenCalledOnce();
    expect(() => checkModelFits(first.config, datasets[shippedModels[id].dataset])).not.toThrow();
    const values = [...first.ema.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(values).toBe(parameterCount(first.config));
  });

  test.each<[string, (file: Uint8Array) => Promise<Uint8Array>, RegExp]>([
    [
      'missing',
      async () => Promise.reject(new Error('the server answers 404')),
      /\(the server answers 404\)/,
    ],
    ['cut off', async (file) => file.subarray(0, file.length / 2), /\(.+\)/],
    ['a page', async () => new TextEncoder().encode('<!doctype html><title>Not found</title>'), /\(.+\)/],
    ['empty', async () => new Uint8Array(), /\(.+\)/],
  ])(
    'whose file is %s cannot be used, which is said; the next call tries again',
    async (_, damage, reason) => {
      let damaged = true;
      const weights = new ShippedWeights(async (name) => {
        const file = new Uint8Array(await fileOf(name));
        return damaged ? damage(file) : file;
      });
      const refusal = await weights.open('digits').catch((error: Error) => error.message);
      expect(refusal).toMatch(
        /^The model that ships with the page, models\/digits\.safetensors, cannot be used \(/,
      );
      expect(refusal).toMatch(reason);
      expect(refusal).toMatch(/Try again, or train a model of your own\.$/);
      damaged = false;
      expect((await weights.open('digits')).config).toMatchObject({ imageSize: 8 });
    },
  );

  test('that cannot be used keeps nobody from training', async () => {
    const session = await sessionWithDigits({
      readModel: async () => Promise.reject(new Error('the server answers 404')),
    });
    const sampling: SamplingSettings = { ...tinySampling, sampler: 'ddim', steps: 2 };
    const run = session.sample({ ...sampling, shipped: 'digits' }, () => undefined);
    await expect(run).rejects.toThrow('The model that ships with the page');
    await session.createModel(tinyConfig, 1);
    const end = await session.train({ ...tinyTraining, steps: 2 }, () => undefined);
    expect(end).toMatchObject({ reason: 'finished', step: 2 });
    expect((await session.sample(sampling, () => undefined)).reason).toBe('finished');
  });
});
