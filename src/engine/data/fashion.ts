import { archive } from './archive';
import type { DatasetDefinition } from './dataset';

const common = {
  licence: 'Fashion-MNIST, Zalando SE, 2017. MIT.',
  channels: 1,
  classNames: [
    'T-shirt',
    'Trousers',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  white: 255,
};

/** The first 2,000 of every class of Fashion-MNIST's training set, framed to 32×32 and averaged over 2×2. */
export const fashion16: DatasetDefinition = {
  ...common,
  title: 'Fashion 16',
  description: 'Clothes, shoes and bags: 2,000 of each kind out of Fashion-MNIST, reduced to 16×16 pixels.',
  count: 20_000,
  imageSize: 16,
  source: archive('fashion-16.zip'),
};

/** The first 1,000 of every class of Fashion-MNIST's training set, as they are. */
export const fashion28: DatasetDefinition = {
  ...common,
  title: 'Fashion 28',
  description:
    'Clothes, shoes and bags: 1,000 of each kind out of Fashion-MNIST at its full 28×28 pixels. Slower to learn.',
  count: 10_000,
  imageSize: 28,
  source: archive('fashion-28.zip'),
};
