import { archive } from './archive';
import type { DatasetDefinition } from './dataset';

const common = {
  licence: 'MNIST, Y. LeCun, C. Cortes and C. J. C. Burges, 1998. CC BY-SA 3.0.',
  channels: 1,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  white: 255,
};

/** The first 2,000 of every class of MNIST's training set, framed to 32×32 and averaged over 2×2. */
export const mnist16: DatasetDefinition = {
  ...common,
  title: 'MNIST 16',
  description: 'The best-known handwritten digits: 2,000 of each from MNIST, reduced to 16×16 pixels.',
  count: 20_000,
  imageSize: 16,
  source: archive('mnist-16.zip'),
};

/** The first 1,750 of every class of MNIST's training set, unchanged: as many as 3 MB hold. */
export const mnist28: DatasetDefinition = {
  ...common,
  title: 'MNIST 28',
  description: 'Handwritten digits: 1,750 of each from MNIST at the full 28×28 pixels. Slower to learn.',
  count: 17_500,
  imageSize: 28,
  source: archive('mnist-28.zip'),
};
