import { expect, test } from 'vitest';
import type { MeasureOptions, StepMeasurement } from '../src/engine/measure/measureSteps';
import { parseModelConfig } from '../src/engine/unet/config';
import { measureInTurns } from './browserSpeeds';
import { printBrowsers } from './printBrowsers';
import tiny from './tiny.json';

const spread = (median: number) => ({ median, low: median - 1, high: median + 1, count: 1 });

test('browsers are measured in turns, the first turn of each does not count, and times are compared with the first', async () => {
  const turns: string[] = [];
  const engine = (platform: string, threads: number, trainSteps: number[]) => ({
    ...{ backend: 'wasm' as const, platform, device: 'SIMD', threads },
    measure: async (_: unknown, { batchSize, stock, runs }: MeasureOptions) => {
      expect([batchSize, stock, runs]).toEqual([2, false, 1]);
      turns.push(platform);
      const trainStep = trainSteps.shift() as number;
      return { ours: { trainStep: spread(trainStep), forward: spread(trainStep / 4) } } as StepMeasurement;
    },
  });
  const chromium = engine('Chromium 1.2', 2, [999, 20, 40, 24]);
  const firefox = engine('Firefox 3.4', 1, [999, 36, 36, 60]);
  const subject = { name: 'tiny', config: parseModelConfig(tiny), batchSize: 2 };
  const speeds = await measureInTurns([chromium, firefox], subject, { runs: 3, budgetMs: 1e6 });
  expect(turns).toEqual(Array(4).fill(['Chromium 1.2', 'Firefox 3.4']).flat());
  // Quartiles of three values are half way to the outer ones.
  expect(speeds.map(({ trainStep }) => trainStep)).toEqual([
    { median: 24, low: 22, high: 32, count: 3, ratio: 1 },
    // The median of 36/20, 36/40 and 60/24, not of 36/24.
    { median: 36, low: 36, high: 48, count: 3, ratio: 1.8 },
  ]);
  const text = printBrowsers(speeds, 'markdown');
  expect(text).toMatch(/\| threads \| turns \| train step \| +quartiles \| times Chromium \| forward \|/);
  expect(text).toMatch(
    /\| tiny +\| +2 \| Chromium 1\.2 \| +2 \| +3 \| +24\.0 \| 22\.0 – 32\.0 \| +1\.00 \| +6\.00 \|/,
  );
  expect(text).toMatch(
    /\| tiny +\| +2 \| +Firefox 3\.4 \| +1 \| +3 \| +36\.0 \| 36\.0 – 48\.0 \| +1\.80 \| +9\.00 \|.* 1\.80 \|/,
  );
  expect(text).toContain('Firefox 3.4: wasm, SIMD\n');
});
