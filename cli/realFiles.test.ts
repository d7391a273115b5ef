import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { checkRealFile, realFileCases } from '../src/engine/data/import/testing/realFileCases';
import { importPath } from './ownData';

const folder = fileURLToPath(new URL('../src/engine/data/import/testing/realFiles/', import.meta.url));

describe('files as people have them come in right, in Node', () => {
  test.each(realFileCases.map((one) => [one.path, one.why, one] as const))('%s: %s', (path, _, right) =>
    checkRealFile(right, importPath(folder + path, 'centre', { shape: 'own' })),
  );
});
