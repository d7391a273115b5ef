// The CPU kernels are compiled where they are missing or older than their sources: at `npm start`, `npm test`, before the
// page is built or served, or when the command line first needs them.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels = `${root}src/engine/kernels/wasm/`;

/** When a file was last written, in milliseconds; 0 where it is not there. */
export function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Compiles the kernels if need be, and says so by `tell`; what the compiler says goes to stderr. Throws where it fails. */
export function compileKernels(tell) {
  const sources = readdirSync(`${kernels}assembly`).map((name) => modified(`${kernels}assembly/${name}`));
  const newest = Math.max(...sources, modified(`${root}tools/build-kernels.mjs`));
  if (modified(`${kernels}kernels-plain.wasm`) >= newest) return;
  tell('Compiling the CPU kernels …');
  execFileSync(process.execPath, ['tools/build-kernels.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
}
