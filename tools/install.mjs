// Installs the packages of the lockfile where they are missing or older than it, and compiles the CPU kernels.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileKernels, modified } from './kernels.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Leaves node_modules and the kernels as the sources say; does nothing where they are. */
export function install() {
  if (modified(`${root}node_modules/.package-lock.json`) < modified(`${root}package-lock.json`)) {
    console.log('Installing packages …');
    const isWindows = process.platform === 'win32';
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', shell: isWindows });
  }
  compileKernels(console.log);
}
