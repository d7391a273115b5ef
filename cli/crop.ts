import { type Crop, smallestWindow } from '../src/engine/data/import/crop';
import { limits } from '../src/engine/data/import/pixels';
import { UsageError } from './errors';

/** The options of commands that take images of one's own. */
export const importOptions = {
  crop: {
    value: 'CROP',
    description:
      `What is taken of each image of --data: centre (the default), padded, stretched, or the window X,Y,SIZE: ` +
      `0,0 is the left upper corner, 1,1 the right lower one, SIZE ${smallestWindow} … 1 a share of the short side.`,
  },
  limit: {
    value: 'N',
    description: `Images of --data that are taken at most, evenly by class; ${limits.images.toLocaleString('en')} by default.`,
  },
} as const;

/** The crop that `--crop` names. Throws UsageError. */
export function parseCrop(text: string): Crop {
  if (text === 'centre' || text === 'padded' || text === 'stretched') return text;
  const [x, y, size, ...surplus] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isShare = (value: number | undefined, least = 0): value is number =>
    value !== undefined && value >= least && value <= 1;
  if (isShare(x) && isShare(y) && isShare(size, smallestWindow) && surplus.length === 0)
    return { x, y, size };
  throw new UsageError(
    `--crop must be centre, padded, stretched, or X,Y,SIZE with X and Y from 0 to 1 and SIZE from ${smallestWindow} to 1, not '${text}'.`,
  );
}
