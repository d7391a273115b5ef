import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Font } from './outline';

/** A family of fonts that may be passed on. */
export interface Family {
  name: string;
  /** SPDX. */
  licence: string;
  /** Its copyright notice, as the font has it. */
  copyright: string;
  /** The licence itself. */
  text: string;
  /** Regular, and bold where it has that. */
  fonts: Font[];
}

/** What Fontsource knows of a family. */
interface Metadata {
  family: string;
  license: { type: string; attribution: string };
}

/** The licences by which letters may be drawn from a family. */
const open = ['OFL-1.1', 'Apache-2.0'];

/**
 * Fetches the families that package.json beside this file names, checked by its lockfile, into a temporary folder, which is
 * removed again. Throws where one is under another licence.
 */
export async function families(): Promise<Family[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ddpm-fonts-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(new URL(file, import.meta.url), join(folder, file));
    }
    execFileSync('npm', ['ci', '--silent', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const packages = join(folder, 'node_modules');
    const path = join(packages, 'opentype.js', 'dist', 'opentype.module.js');
    const { default: opentype } = (await import(pathToFileURL(path).href)) as {
      default: { parse(bytes: ArrayBuffer): Font };
    };
    const scope = join(packages, '@fontsource');
    return readdirSync(scope)
      .sort()
      .map((id) => readFamily(join(scope, id), id, (bytes) => opentype.parse(bytes)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFamily(folder: string, id: string, parse: (bytes: ArrayBuffer) => Font): Family {
  const { family, license } = JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8')) as Metadata;
  if (!open.includes(license.type)) throw new Error(`${family} is under ${license.type}.`);
  const fonts = [400, 700]
    .map((weight) => join(folder, 'files', `${id}-latin-${weight}-normal.woff`))
    .filter((file) => existsSync(file))
    .map((file) => parse(Uint8Array.from(readFileSync(file)).buffer));
  const text = readFileSync(join(folder, 'LICENSE'), 'utf8');
  return {
    name: family,
    licence: license.type,
    copyright: withoutRepeats(license.attribution),
    // An OFL file begins with the family's own notice.
    text: text.slice(Math.max(0, text.indexOf('-----'))).trim(),
    fonts,
  };
}

/** Some notices are there again for each file of the family: "… Name-Italic.ttf: …". */
function withoutRepeats(notice: string): string {
  return [...new Set(notice.split(/\s+\S+\.(?:ttf|otf):\s*/))].join('; ');
}
