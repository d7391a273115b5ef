import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { pageValues } from '../../../testing/values';
import { type CodePage, codeFile, codeNames, codeRun } from './codeFile';

const values = pageValues();
const page = {
  values,
  training: { model: null, dataset: null },
  kept: {},
  exportModel: async () => ({ bytes: Uint8Array.of(7) }) as never,
  readOwnDataset: () => Promise.reject(new Error('none')),
} satisfies CodePage;
const read = (name: string) => readFile(new URL(`../../../../public/data/${name}`, import.meta.url));

describe('the code of a model', () => {
  test('names its files by what the model learned', () => {
    expect(codeNames(page)).toEqual({
      script: 'ddpm-digits.py',
      notebook: 'ddpm-digits.ipynb',
      weights: 'ddpm-digits.safetensors',
      images: 'ddpm-digits.npz',
    });
  });

  test('takes the config of the model in training, and the settings kept for its data set', () => {
    const settings = { ...values.settings, training: { ...values.settings.training, steps: 123 } };
    const config = { ...values.settings.model, nSteps: 77 };
    const other = {
      ...page,
      training: { model: { config } as never, dataset: 'emoji' as const },
      kept: { emoji: settings },
    };
    expect(codeRun(other)).toMatchObject({ config, training: { steps: 123 }, white: 255 });
    expect(codeRun(other).data).toBe(codeNames(other).images);
    expect(codeRun(page)).toMatchObject({ config: values.settings.model, white: 16 });
  });

  test('has the images that the page trains on, in their own levels', async () => {
    const bytes = (await codeFile(page, 'images', read)) as Uint8Array;
    const images = unzipSync(bytes)['images.npy'] as Uint8Array;
    // 1,797 digits, of which a tenth of each class is held out.
    const [, count] =
      new TextDecoder().decode(images.subarray(0, 128)).match(/'shape': \((\d+), 8, 8\)/) ?? [];
    expect(Number(count)).toBeGreaterThan(1610);
    expect(Number(count)).toBeLessThan(1625);
    const levels = images.subarray(images.length - 64 * Number(count));
    expect(Math.max(...levels.subarray(0, 6400))).toBe(16);
  });

  test('is text for the script and the notebook, bytes for the weights', async () => {
    expect(await codeFile(page, 'script', read)).toContain('Path("ddpm-digits.npz")');
    expect(JSON.parse((await codeFile(page, 'notebook', read)) as string).nbformat).toBe(4);
    expect(await codeFile(page, 'weights', read)).toEqual(Uint8Array.of(7));
  });
});
