import { archive } from './archive';
import type { DatasetDefinition } from './dataset';

/** The capitals of 255 families of open fonts, regular and, where there is one, bold: tools/data/glyphs names the families. */
export const glyphs: DatasetDefinition = {
  title: 'Glyphs',
  description: 'The capitals A to Z in 414 fonts: sans, serif, slab, script, hand, mono and display.',
  licence: '255 families of open fonts, under the SIL Open Font License 1.1 or Apache 2.0.',
  count: 26 * 414,
  imageSize: 16,
  channels: 1,
  classNames: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  white: 255,
  source: archive('glyphs.zip'),
};
