import { archive } from './archive';
import type { DatasetDefinition } from './dataset';

/** The test set of UCI's optical recognition of handwritten digits: ink counted in 4×4 blocks of a 32×32 bitmap. */
export const digits: DatasetDefinition = {
  title: 'Digits',
  description:
    'Handwritten digits from 13 people, 8×8 pixels in 17 levels of grey: small enough to learn in a minute.',
  licence: 'E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998. CC BY 4.0.',
  count: 1797,
  imageSize: 8,
  channels: 1,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  white: 16,
  source: archive('digits.zip'),
};
