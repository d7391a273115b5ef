import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A published version of an npm package, which is fetched when it is needed and is no dependency of the project. */
export interface NpmPackage {
  /** With its version, as in `name@1.2.3`. */
  name: string;
  /** Of the tarball, as package-lock.json would have it: `sha512-…`. */
  integrity: string;
}

/**
 * Fetches a package with npm into a temporary folder, which is removed again, and gives it to `use`. Installs nothing and
 * runs nothing of it. Throws where npm fails or the tarball is not the one expected.
 */
export async function withPackage<T>(
  { name, integrity }: NpmPackage,
  use: (read: (path: string) => Uint8Array, folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ddpm-data-'));
  try {
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const tarball = run('npm', 'pack', '--silent', '--ignore-scripts', name).trim();
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, tarball)))
      .digest('base64');
    if (`sha512-${digest}` !== integrity) {
      throw new Error(
        `The tarball of ${name} has the digest sha512-${digest}, but ${integrity} was expected.`,
      );
    }
    run('tar', '-xzf', tarball);
    return await use((path) => readFileSync(join(folder, 'package', path)), join(folder, 'package'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
