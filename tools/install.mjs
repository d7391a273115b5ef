// Installs the packages of the lockfile where they are missing or older than it, and compiles the CPU kernels.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels = `${root}src/engine/kernels/wasm/`;

/** Leaves node_modules and the kernels as the sources say; does nothing where they are. */
export function install() {
  if (modified(`${root}node_modules/.package-lock.json`) < modified(`${root}package-lock.json`)) {
    console.log('Installing packages …');
    run('npm', ['ci', '--no-audit', '--no-fund']);
  }
  const sources = readdirSync(`${kernels}assembly`).map((name) => modified(`${kernels}assembly/${name}`));
  if (
    modified(`${kernels}kernels-plain.wasm`) <
    Math.max(...sources, modified(`${root}tools/build-kernels.mjs`))
  ) {
    console.log('Compiling the CPU kernels …');
    run('node', ['tools/build-kernels.mjs']);
  }
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}
