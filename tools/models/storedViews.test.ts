import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { datasets } from '../../src/engine/data/datasets';
import { shippedMeasures } from '../../src/engine/models/shippedMeasures';
import { type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import {
  formatStored,
  parseStored,
  type StoredStudies,
  storedAnswer,
  storedFileName,
} from '../../src/engine/study/storedStudies';
import type { QualityResult } from '../../src/views/quality/study';
import { pageOf, storedViews } from './storedViews';

async function storedOf(id: ShippedModelId): Promise<StoredStudies> {
  const name = storedFileName(shippedModels[id].file);
  return parseStored(await readFile(new URL(`../../public/models/${name}`, import.meta.url), 'utf8'));
}

const ids = Object.keys(shippedMeasures.studies) as ShippedModelId[];

describe.each(ids)('what was measured in advance of %s', (id) => {
  test('answers what the views of a page that has just opened ask', async () => {
    const stored = await storedOf(id);
    expect(formatStored(stored).length).toBe(shippedMeasures.studies[id]);
    const { dataset } = shippedModels[id];
    const core = pageOf(id, { id: dataset, ...datasets[dataset] } as never);
    const asked: [string, unknown][] = [];
    const study = async (name: string, source: unknown, request: unknown) => {
      expect(source).toEqual({ shipped: id });
      asked.push([name, request]);
      throw new Error('Nothing is computed here.');
    };
    for (const ask of storedViews) await ask({ core, engine: { study } });
    expect(asked.map(([name]) => name)).toEqual(['bound', 'quality', 'converging', 'frechetByEvaluations']);
    for (const [name, request] of asked)
      expect(
        storedAnswer(stored, name, request as never),
        `${name}: npx tsx tools/models/studies.ts ${id}`,
      ).toBeDefined();
  });

  test('is of the model as it is', async () => {
    const stored = await storedOf(id);
    const { heldOutLoss, samples, nearest } = (stored.quality as { result: unknown }).result as QualityResult;
    expect(heldOutLoss).toBeCloseTo(shippedMeasures.models[id]?.heldOutLoss as number, 4);
    const { imageSize, channels } = datasets[shippedModels[id].dataset];
    expect(samples.length).toBe(64 * imageSize ** 2 * channels);
    expect(nearest.length).toBe(samples.length);
  });
});
