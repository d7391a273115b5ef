import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

/** The production build of the page, served as a host would. */
export interface ServedPage {
  /** Without a slash at the end. */
  origin: string;
  /** Address of the engine's worker. */
  worker: string;
  /** Address of a page that has Comlink and nothing else. */
  blank: string;
  close(): Promise<void>;
}

const comlinkScript = createRequire(import.meta.url).resolve('comlink/dist/umd/comlink.js');

/** Builds the page into a folder of its own and serves it, cross-origin isolated or not. */
export async function servePage(isolated = true): Promise<ServedPage> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const common = { root, logLevel: 'error', build: { outDir, emptyOutDir: true } } as const;
  await build(common);
  const worker = readdirSync(join(outDir, 'assets')).find((name) => /^engineWorker-.*\.js$/.test(name));
  if (!worker) throw new Error('The build has no worker.');
  const comlink = readFileSync(comlinkScript, 'utf8');
  writeFileSync(join(outDir, 'bench.html'), `<!doctype html><title>bench</title><script>${comlink}</script>`);
  const headers = isolated ? {} : { 'Cross-Origin-Opener-Policy': 'unsafe-none' };
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1', headers } });
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error('The built page could not be served.');
  const origin = address.replace(/\/$/, '');
  return {
    origin,
    worker: `${origin}/assets/${worker}`,
    blank: `${origin}/bench.html`,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
