import { expect, test } from 'vitest';
import { defaultSettings } from '../../../settings/defaultSettings';
import { anywhere } from '../../../settings/setting';
import { choiceOf, gridOf, otherValue } from './grid';

const settings = defaultSettings('digits');

test('a grid has a run for every combination, in words, each as long as the others', () => {
  const choices = [
    { path: 'training.learningRate', values: [0.001, 0.002] },
    { path: 'model.nBlocks', values: [1, 2, 2] },
  ];
  const runs = gridOf(settings, choices, 300);
  expect(runs.map(({ words }) => words)).toEqual([
    'learning rate 0.001, blocks 1',
    'learning rate 0.001, blocks 2',
    'learning rate 0.002, blocks 1',
    'learning rate 0.002, blocks 2',
  ]);
  expect(runs[1]?.settings).toMatchObject({
    training: { learningRate: 0.001, steps: 300, batchSize: 64 },
    model: { nBlocks: 2, nChannels: 32 },
    seed: 1,
  });
  expect(gridOf(settings, [], 5)).toMatchObject([{ words: '', settings: { training: { steps: 5 } } }]);
});

test('another value is half of a number, the next of a list, the other of a switch', () => {
  expect(choiceOf('training.learningRate', settings, anywhere).values).toEqual([0.002, 0.001]);
  expect(otherValue('training.batchSize', [1], anywhere)).not.toBe(1);
  expect(otherValue('model.objective', ['epsilon'], anywhere)).not.toBe('epsilon');
  expect(otherValue('model.nClasses', [0], { ...anywhere, classes: 10 })).toBe(10);
});
