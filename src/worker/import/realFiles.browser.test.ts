import { describe, expect, test } from 'vitest';
import { blobFile, blobSpool } from '../../engine/data/import/files/byteSource';
import { importImages } from '../../engine/data/import/importImages';
import { checkRealFile, realFileCases } from '../../engine/data/import/testing/realFileCases';
import { decodeImage } from './decodeImage';

const folder = '../../engine/data/import/testing/realFiles/';
const addresses: Record<string, string> = import.meta.glob(
  '../../engine/data/import/testing/realFiles/**/*',
  {
    query: '?url',
    import: 'default',
    eager: true,
    exhaustive: true,
  },
);

describe('files as people have them come in right, in a browser', () => {
  test.each(realFileCases.map((one) => [one.path, one.why, one] as const))(
    '%s: %s',
    async (path, _, right) => {
      const start = `${folder}${path}`;
      const found = Object.entries(addresses).filter(
        ([name]) => name === start || name.startsWith(`${start}/`),
      );
      expect(found.length).toBeGreaterThan(0);
      const files = await Promise.all(
        found.map(async ([name, address]) => {
          const own = name === start ? name.slice(name.lastIndexOf('/') + 1) : name.slice(start.length + 1);
          return blobFile(own, await (await fetch(address)).blob());
        }),
      );
      const platform = { decode: decodeImage, newSpool: blobSpool };
      await checkRealFile(right, importImages(files, platform, { shape: 'own', crop: 'centre' }));
    },
  );
});
