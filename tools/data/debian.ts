import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'fflate';

/** A gzip file of a Debian package, and what it must hold. */
export interface PackagedFile {
  path: string;
  /** Of the unpacked content: another version of the data would give other images. */
  sha256: string;
}

/**
 * Downloads a Debian package with apt, unpacks it into a temporary folder, which is removed again, and returns the
 * content of some of its gzip files. Installs nothing. Throws where apt fails or the content is not the one expected.
 */
export function filesOfPackage(name: string, files: readonly PackagedFile[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'ddpm-data-'));
  try {
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    // As root, apt would hand the download to a user who may not write here, and warn about it.
    run('apt-get', '-q', '-o', 'APT::Sandbox::User=root', 'download', name);
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (!archive) throw new Error(`apt-get downloaded no package ${name}.`);
    run('dpkg-deb', '--extract', archive, 'unpacked');
    return files.map(({ path, sha256 }) => {
      const content = gunzipSync(readFileSync(join(folder, 'unpacked', path)));
      const found = createHash('sha256').update(content).digest('hex');
      if (found !== sha256) {
        throw new Error(`${path} of ${name} has the SHA-256 ${found}, but ${sha256} was expected.`);
      }
      return content;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
