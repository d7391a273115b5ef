import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { licencesPage, packagesOfLock } from './licences.mjs';

/** Licences under which the page may be given away as it is. */
const free = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0'];

test('all that the program needs may be given away with it', () => {
  for (const { name, licence } of packagesOfLock())
    for (const part of licence.split(/ AND | OR /)) expect(free, name).toContain(part);
});

test('docs/licences.md is what `node tools/licences.mjs` writes', () => {
  const page = readFileSync(new URL('../docs/licences.md', import.meta.url), 'utf8');
  expect(page).toBe(licencesPage());
});
