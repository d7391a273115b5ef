import { describe, expect, it } from 'vitest';
import { datasets, type ShippedDatasetId } from '../engine/data/datasets';
import { configProblems } from '../engine/unet/config';
import { parameterCount } from '../engine/unet/size';
import { defaultSettings } from './defaultSettings';
import { type ModelSizeId, modelSizes, networkOf, sizeOf } from './modelSizes';

const sizes = Object.keys(modelSizes) as ModelSizeId[];

describe.each(Object.keys(datasets) as ShippedDatasetId[])('networks for %s', (id) => {
  const { model } = defaultSettings(id);

  it('are sound, grow with the size, and medium is the default one', () => {
    const configs = sizes.map((size) => ({ ...model, ...networkOf(size, model) }));
    for (const config of configs) expect(configProblems(config)).toEqual([]);
    expect(configs[1]).toEqual(model);
    const [small = 0, medium = 0, large = 0] = configs.map(parameterCount);
    // Convolutions have channels in times channels out.
    expect(medium / small).toBeGreaterThan(3);
    expect(large / medium).toBeGreaterThan(3);
  });

  it('are known again, and one of another kind is none of them', () => {
    for (const size of sizes) expect(sizeOf({ ...model, ...networkOf(size, model) }, model)).toBe(size);
    expect(sizeOf({ ...model, nBlocks: 3 }, model)).toBeNull();
  });
});
