import { expect, test } from 'vitest';
import { ConfigError, configProblems, isConfigValue, modelConfigToJson, parseModelConfig } from './config';

const json = {
  image_channels: 1,
  image_size: 8,
  n_channels: 32,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 1000,
};

test("what a file leaves out has the reference's values", () => {
  // labml.ai's annotated DDPM: GroupNorm(32), GroupNorm(8) at the end, dropout 0.1, no classes, linear β, predicts ε.
  expect(parseModelConfig(json)).toEqual({
    ...{ imageChannels: 1, imageSize: 8, nChannels: 32, chMults: [1, 2], isAttn: [false, true], nBlocks: 1 },
    ...{ nSteps: 1000, nGroups: 32, nFinalGroups: 8, dropout: 0.1, nClasses: 0 },
    ...{ schedule: 'linear', objective: 'epsilon', learnedVariance: false },
  });
});

test('what a file says is kept, and written as it was', () => {
  const others = {
    n_groups: 16,
    n_final_groups: 4,
    dropout: 0,
    n_classes: 10,
    schedule: 'cosine',
    objective: 'v',
    learned_variance: true,
  };
  const config = parseModelConfig({ ...json, ...others });
  expect(config).toMatchObject({
    nGroups: 16,
    nFinalGroups: 4,
    dropout: 0,
    nClasses: 10,
    schedule: 'cosine',
  });
  expect(modelConfigToJson(config)).toEqual({ ...json, ...others });
});

test.each<[field: string, value: unknown, message: RegExp]>([
  ['image_channels', 5, /image_channels: image_channels must be at most 4/],
  ['image_size', 0, /image_size must be at least 1/],
  ['image_size', 257, /image_size must be at most 256/],
  ['n_channels', 3, /n_channels must be at least 4/],
  ['n_channels', 33, /must be an even whole number of at least 4, not 33/],
  ['n_channels', 48, /48 channels cannot be split into 32 groups: take 64/],
  ['ch_mults', [], /ch_mults is empty/],
  ['ch_mults', [1, 9], /each of ch_mults must be at most 8/],
  ['ch_mults', [1, 2, 2], /Attention is set for 2 levels, but there are 3 multipliers/],
  ['is_attn', [0, 1], /is_attn must hold true or false/],
  ['n_blocks', 9, /n_blocks must be at most 8/],
  ['n_steps', 1, /n_steps must be at least 2/],
  ['n_steps', 10_001, /n_steps must be at most 10000/],
  ['dropout', -0.1, /dropout must be at least 0/],
  ['dropout', 0.95, /dropout must be at most 0\.9/],
  ['n_classes', 1001, /n_classes must be at most 1000/],
  ['image_size', 7, /2 levels halve the image 1 times, which 7 pixels do not allow: take at most 1 levels/],
  ['schedule', 'zeroTerminal', /ends in pure noise.*predict v or x₀/],
])('%s cannot be %j', (field, value, message) => {
  expect(() => parseModelConfig({ ...json, [field]: value })).toThrow(message);
  expect(() => parseModelConfig({ ...json, [field]: value })).toThrow(ConfigError);
});

test('a value is possible by its field alone', () => {
  expect(isConfigValue('n_steps', 50)).toBe(true);
  expect(isConfigValue('n_steps', 1)).toBe(false);
  expect(isConfigValue('dropout', '0.1')).toBe(false);
  expect(isConfigValue('toString', 1)).toBe(false);
});

test('all problems of a config are found, each with its field', () => {
  const config = parseModelConfig(json);
  const bad = { ...config, nSteps: 1, nChannels: 31, isAttn: [true], imageSize: 9, dropout: 1 };
  expect(configProblems(bad).map(({ field }) => field)).toEqual([
    'nSteps',
    'nChannels',
    'isAttn',
    'chMults',
    'dropout',
  ]);
  expect(configProblems(config)).toEqual([]);
});
