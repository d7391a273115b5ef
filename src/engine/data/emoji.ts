import { archive } from './archive';
import type { DatasetDefinition } from './dataset';

/** 300 of every kind out of six open sets of emoji. */
const common = {
  licence:
    'Noto Emoji, Google, Apache 2.0. Fluent Emoji, Microsoft, MIT. Twemoji and EmojiOne 2, CC BY 4.0. Made small.',
  count: 3900,
  channels: 3,
  classNames: [
    'Happy face',
    'Sad face',
    'Cat',
    'Bear',
    'Fish',
    'Flower',
    'Tree',
    'Fruit',
    'Heart',
    'Ball',
    'Moon',
    'Clock',
    'Car',
  ],
  white: 255,
};

/**
 * On white: each drawing once as it is, then tilted by up to 8°, a little smaller, shifted by up to half a pixel and some
 * of them mirrored. So a held-out image may be of a drawing that others show.
 */
export const emoji: DatasetDefinition = {
  ...common,
  title: 'Emoji',
  description:
    'Thirteen kinds of emoji in colour, each in up to six designs and, turned and shifted a little, 300 times.',
  imageSize: 16,
  source: archive('emoji.zip'),
};

/** The same images at twice the width and height. */
export const emoji32: DatasetDefinition = {
  ...common,
  title: 'Emoji 32',
  description: 'The images of Emoji at twice the width and height. Slower to learn.',
  imageSize: 32,
  source: archive('emoji-32.zip'),
};
