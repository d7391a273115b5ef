import * as tf from '@tensorflow/tfjs';
import { Random } from '../training/random';
import { type ModelConfig, parseModelConfig } from '../unet/config';
import { initialWeights, type Variables } from '../unet/weights';
import type { NetworkInput } from './activations';
import type { Change } from './changes';

/** A small network: two levels, the second with attention, and groups that do not mix a skip with what it joins. */
export const smallConfig = (changes: object = {}): ModelConfig =>
  parseModelConfig({
    image_channels: 1,
    image_size: 4,
    n_channels: 8,
    ch_mults: [1, 2],
    is_attn: [false, true],
    n_blocks: 1,
    n_steps: 50,
    n_groups: 4,
    n_final_groups: 4,
    dropout: 0,
    ...changes,
  });

/** `count` noisy images for a model, and a t for each. */
export function noisyImages({ imageChannels, imageSize, nSteps }: ModelConfig, count = 2): NetworkInput {
  const random = new Random(3);
  return {
    x: random.normal(count * imageSize ** 2 * imageChannels),
    t: random.integers(count, nSteps),
  };
}

/** A value of a layer's matrix `[rows, columns]`, the last row being the bias, for another. */
export type Rewrite = (value: number, row: number, column: number, rows: number) => number;
const zero: Rewrite = () => 0;

/** Weights with norms that differ by channel, and some layers written anew. */
export async function weightsWith(
  config: ModelConfig,
  rewrites: Record<string, Rewrite> = {},
): Promise<Variables> {
  const weights = initialWeights(config, new Random(1));
  const random = new Random(2);
  for (const [name, variable] of weights) {
    const [rows, columns] = variable.shape;
    const values = (await variable.data()) as Float32Array;
    const uneven = values.map((value) => value + (name.includes('norm') ? random.uniform() - 0.5 : 0));
    const rewrite = rewrites[name] ?? ((value) => value);
    const written = uneven.map((value, i) => rewrite(value, Math.floor(i / columns), i % columns, rows));
    variable.assign(tf.tensor2d(written, [rows, columns]));
  }
  return weights;
}

// down.2.res goes from 8 to 16 channels, so it has a shortcut; up.0.res gets 16 channels and a skip of 16.
/** Changes of the small network, each with the weights that do the same; both networks have the last ones. */
export const changesAsWeights: [
  title: string,
  changes: Change[],
  rewrites: Record<string, Rewrite>,
  both?: Record<string, Rewrite>,
][] = [
  [
    'an attention block is one whose output layer is zero',
    [{ point: 'middle.attn.output', scale: 0 }],
    { 'middle.attn.output': zero },
  ],
  [
    'the time embedding is one whose second layer is zero',
    [{ point: 'time_emb', scale: 0 }],
    { 'time_emb.lin2': zero },
  ],
  [
    'the time shift of a block is one whose layer is zero',
    [{ point: 'up.0.res.time_emb', scale: 0 }],
    { 'up.0.res.time_emb': zero },
  ],
  [
    'a channel is one whose kernels are zero',
    [{ point: 'down.2.res', channel: 5, scale: 0 }],
    Object.fromEntries(
      ['conv2', 'shortcut'].map((layer) => [
        `down.2.res.${layer}`,
        (value, _, column) => (column === 5 ? 0 : value),
      ]),
    ),
  ],
  [
    // Its norm gives 0 for a channel of zeros where β is 0, and its groups do not mix both halves.
    'a skip is one whose kernels are zero',
    [{ point: 'up.0.res.skip', scale: 0 }],
    {
      'up.0.res.conv1': (value, row) => (row < 9 * 32 && row % 32 >= 16 ? 0 : value),
      'up.0.res.shortcut': (value, row) => (row < 32 && row >= 16 ? 0 : value),
    },
    { 'up.0.res.norm1': (value, row, column) => (row === 1 && column >= 16 ? 0 : value) },
  ],
];
