import { describe, expect, it } from 'vitest';
import { smallConfig } from '../../../engine/network/testing';
import { trainedLayers } from '../../../engine/training/trainer';
import { blocksOfRows, healthLayers, healthQuantities, heatMap } from './healthRows';

describe('the rows of the heat strip', () => {
  it('are the layers as the trainer has them', () => {
    const config = smallConfig({ n_classes: 2 });
    expect(healthLayers(config)).toEqual(trainedLayers(config));
  });

  it('stand together by block', () => {
    const layers = ['image_proj', 'time_emb.lin1', 'time_emb.lin2', 'down.0.res.conv1', 'down.0.res.conv2'];
    expect(blocksOfRows([...layers, 'middle.res1.conv1', 'middle.attn.output', 'norm', 'final'])).toEqual([
      { block: 'image_proj', begin: 0, count: 1 },
      { block: 'time_emb', begin: 1, count: 2 },
      { block: 'down.0', begin: 3, count: 2 },
      { block: 'middle.res1', begin: 5, count: 1 },
      { block: 'middle.attn', begin: 6, count: 1 },
      { block: 'norm', begin: 7, count: 1 },
      { block: 'final', begin: 8, count: 1 },
    ]);
  });

  it('have a colour by size between the least and the most, by ratio around 10⁻³', () => {
    const layer = (weight: number, update: number) => ({ weight, gradient: 1, update, dead: 0.5 });
    const history = [
      { step: 1, layers: [layer(0.01, 1e-5), layer(1, 1e-5)] },
      { step: 2, layers: [layer(0.1, 1e-3), layer(0, 1)] },
    ];
    const rounded = (map: Float32Array) => [...map].map((value) => Math.round(100 * value) / 100 + 0);
    expect(rounded(heatMap(history, healthQuantities.weight))).toEqual([0, 0.5, 1, 0]);
    expect(rounded(heatMap(history, healthQuantities.ratio))).toEqual([0, 0.5, -1, 1]);
    expect(rounded(heatMap(history, healthQuantities.dead))).toEqual([-0.5, -0.5, -0.5, -0.5]);
    expect(heatMap([], healthQuantities.dead)).toHaveLength(0);
  });
});
