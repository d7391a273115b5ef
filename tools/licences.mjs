// `node tools/licences.mjs` writes docs/licences.md: the licence of every package that package-lock.json names.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

/** Every package of the lockfile, those that come with the page apart from those for building and testing. */
export function packagesOfLock() {
  const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && !link)
    .map(([path, { version, license, dev = false }]) => ({
      name: path.split('node_modules/').at(-1),
      version,
      licence: license ?? 'not told',
      dev,
    }));
}

/** The text of docs/licences.md. */
export function licencesPage() {
  const all = packagesOfLock();
  const table = (dev) => {
    const rows = all
      .filter((one) => one.dev === dev)
      .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
    const once = [...new Set(rows)].sort((a, b) => a.localeCompare(b, 'en'));
    return ['| package | version | licence |', '| --- | --- | --- |', ...once].join('\n');
  };
  return `# Licences

The program itself is under the [MIT licence](../LICENSE). Data sets and trained models have theirs beside them, in
\`public/data\` and \`public/models\`. This list is made by \`node tools/licences.mjs\`.

## What runs

Dependencies of the page and of the command line, with all that they need. A bundle holds what of them is used.

${table(false)}

## What builds and tests

${table(true)}
`;
}

if (argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('docs/licences.md', root), licencesPage());
