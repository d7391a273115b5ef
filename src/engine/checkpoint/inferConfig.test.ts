import { describe, expect, test } from 'vitest';
import { findModel } from './findModel';
import { cluesIn, inferConfig } from './inferConfig';
import { openTensorFile } from './openTensorFile';
import { checkpointConfig, checkpointFile } from './testing/checkpoints';

function opened(name: string) {
  const file = openTensorFile(checkpointFile(name));
  return { file, found: findModel(file.entries, file.others) };
}

const clues = (name: string) => {
  const { file, found } = opened(name);
  return cluesIn(file, found);
};

describe('clues to what no shape tells', () => {
  test('the betas beside the network tell T and the schedule', () => {
    expect(clues('ema-pytorch.pt')).toEqual({ nSteps: 50, schedule: 'linear' });
    expect(clues('bfloat16.safetensors')).toEqual({ nSteps: 50, schedule: 'linear' });
    expect(clues('zip.pt')).toEqual({});
  });

  test('the options that a checkpoint keeps tell the rest, where they are possible', () => {
    expect(clues('checkpoint.pt')).toEqual({ imageSize: 8, nSteps: 50 });
    expect(clues('lightning.ckpt')).toEqual({
      ...{ imageSize: 8, nSteps: 50, nGroups: 2, nFinalGroups: 2, dropout: 0, schedule: 'linear' },
    });
    const { file, found } = opened('zip.pt');
    const values = new Map<string, string | number | boolean>([
      ['args.image_size', '8'],
      ['args.n_steps', 1],
      ['args.dropout', 2],
      ['args.schedule', 'cosine_v2'],
      ['args.objective', '__proto__'],
      ['image_size', 16],
      ['config.model.n_groups', 4],
    ]);
    expect(cluesIn({ ...file, values }, found)).toEqual({ nGroups: 4 });
  });
});

describe('the config of a file without one', () => {
  test('takes what is given, then clues, then the reference, and says what it assumed', () => {
    const { file, found } = opened('lightning.ckpt');
    expect(inferConfig(file, found)).toEqual({ config: checkpointConfig, assumed: ['objective'] });
    expect(inferConfig(file, found, { image_size: 12, objective: 'v', dropout: 0.2 }, 16)).toEqual({
      config: { ...checkpointConfig, imageSize: 12, objective: 'v', dropout: 0.2 },
      assumed: [],
    });
    const bare = opened('zip.pt');
    // As many groups as four channels allow.
    expect(inferConfig(bare.file, bare.found, {}, 16)).toEqual({
      config: {
        ...checkpointConfig,
        ...{ imageSize: 16, nSteps: 1000, nGroups: 4, nFinalGroups: 4, dropout: 0.1 },
      },
      assumed: ['n_steps', 'n_groups', 'n_final_groups', 'dropout', 'schedule', 'objective'],
    });
  });

  test('needs the size of the images, and values that are possible', () => {
    const { file, found } = opened('zip.pt');
    expect(() => inferConfig(file, found)).toThrow('nor the size of its images');
    expect(() => inferConfig(file, found, { image_size: 7 })).toThrow('which 7 pixels do not allow');
    expect(() => inferConfig(file, found, { image_size: 8, n_steps: '50' })).toThrow(
      'n_steps must be a number',
    );
  });
});
