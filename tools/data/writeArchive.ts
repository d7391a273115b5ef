import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { imagesMember, labelsMember } from '../../src/engine/data/archive';
import type { DatasetDefinition, Images } from '../../src/engine/data/dataset';
import { formatIdx } from '../../src/engine/data/idx';

export const publicData = new URL('../../public/data/', import.meta.url);

/** Writes a zip of the images, their labels and the licence to public/data, and says what it wrote. */
export function writeArchive(
  fileName: string,
  licence: string,
  { imageSize, channels }: DatasetDefinition,
  { levels, labels }: Images,
): void {
  const shape = [labels.length, imageSize, imageSize, ...(channels === 1 ? [] : [channels])];
  const zip = zipSync(
    {
      [imagesMember]: formatIdx({ shape, values: levels }),
      [labelsMember]: formatIdx({ shape: [labels.length], values: labels }),
      'LICENSE.txt': readFileSync(new URL(licence, publicData)),
    },
    // Zip counts the years from 1980, in local time: with the date fixed, the bytes depend on the images alone.
    { level: 9, mtime: new Date(1980, 0, 1) },
  );
  writeFileSync(new URL(fileName, publicData), zip);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  console.log(`${fileName}: ${labels.length} images, ${zip.length} bytes, SHA-256 ${sha256}`);
}
