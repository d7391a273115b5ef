import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Site } from '../../src/serviceWorker/siteFiles';

const entry = fileURLToPath(new URL('../../src/serviceWorker/serviceWorker.ts', import.meta.url));
const fileName = 'service-worker.js';
/** Every browser that can run the page takes KaTeX's fonts as woff2; the rest is for hosts and readers. */
const notStored = [/\.(ttf|woff|map|txt)$/, /^_/, /^\./, new RegExp(`^${fileName}$`)];

/** Writes `service-worker.js` into a folder with a built site: one classic script that lists the files that are there. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const site = await siteOf(folder);
  const [built] = [
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      define: { SITE: JSON.stringify(site) },
      build: {
        write: false,
        target: 'es2022',
        lib: { entry, formats: ['iife'], name: 'serviceWorker', fileName: () => fileName },
      },
    }),
  ].flat();
  if (!built || !('output' in built)) throw new Error('The service worker was not built.');
  await writeFile(join(folder, fileName), built.output[0].code);
}

/** The files of a folder that the page may need, with their digests. */
export async function siteOf(folder: string): Promise<Site> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
    .filter((path) => !notStored.some((pattern) => pattern.test(path)))
    .sort();
  const files: Site['files'] = {};
  for (const path of paths) files[path] = `sha256-${digestOf(await readFile(join(folder, path)))}`;
  return { version: digestOf(JSON.stringify(files)).slice(0, 12), files };
}

/** SHA-256 in base64. */
export function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
