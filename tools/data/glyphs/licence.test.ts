import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { glyphs } from '../../../src/engine/data/glyphs';
import wanted from './package.json';

it('the text beside the archive names every family that is fetched, with the holder of each', () => {
  const text = readFileSync(new URL('../../../public/data/glyphs.LICENSE.txt', import.meta.url), 'utf8');
  const named = text.split('\n').filter((line) => /^- .+: \S.{3,}/.test(line));
  const fetched = Object.keys(wanted.dependencies).filter((name) => name.startsWith('@fontsource/'));
  expect(named.length).toBe(fetched.length);
  const fonts = glyphs.count / glyphs.classNames.length;
  expect(text).toContain(
    `${glyphs.count.toLocaleString('en')} images of the capitals A to Z in ${fonts} fonts`,
  );
  expect(text).toContain('SIL OPEN FONT LICENSE Version 1.1');
  expect(text).toContain('Apache License');
});
