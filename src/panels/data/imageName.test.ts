import { expect, test } from 'vitest';
import type { LoadedDataset } from '../../engine/data/datasets';
import { imageName } from './ImagePicker';

const data = {
  count: 2,
  classNames: ['cat', 'dog'],
  labels: Uint8Array.of(0, 1),
} as unknown as LoadedDataset;

test('an index that a link made too large names the image that is shown: the last one', () => {
  expect(imageName(data, 0)).toBe('cat, example 1');
  expect(imageName(data, 1_000_000_000)).toBe('dog, example 2');
});
