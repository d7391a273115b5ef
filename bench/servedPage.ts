import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  close(): Promise<void>;
}

/** Builds the page into a folder of its own and serves it. */
export async function servePage(): Promise<ServedPage> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const common = { root, logLevel: 'error', build: { outDir, emptyOutDir: true } } as const;
  await build(common);
  const worker = readdirSync(join(outDir, 'assets')).find((name) => /^engineWorker-.*\.js$/.test(name));
  if (!worker) throw new Error('The build has no worker.');
  const server = await preview({ ...common, preview: { port: 0, host: '127.0.0.1' } });
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error('The built page could not be served.');
  const origin = address.replace(/\/$/, '');
  return {
    origin,
    worker: `${origin}/assets/${worker}`,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
