import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { datasets, type ShippedDatasetId } from '../data/datasets';
import { featureFileName, readFeatureFile } from './featureFile';

it.each(Object.keys(datasets) as ShippedDatasetId[])(
  '%s has a network that knows most held-out images',
  async (id) => {
    const bytes = await readFile(new URL(`../../../public/models/${featureFileName(id)}`, import.meta.url));
    expect(readFeatureFile(bytes, id).accuracy).toBeGreaterThan(0.85);
  },
);
