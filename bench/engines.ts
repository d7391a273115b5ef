import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BackendName } from '../src/engine/backend/report';
import { startBrowserEngine } from './browserEngine';
import type { BrowserName } from './browserPage';
import type { BenchEngine } from './engine';
import { startNodeEngine } from './nodeEngine';
import type { BenchOptions } from './options';
import { servePage } from './servedPage';

/** What is worth measuring where nothing else was asked for: cpu runs stock ops only, and takes minutes. */
const usual: Record<'node' | BrowserName, readonly BackendName[]> = {
  node: ['wasm', 'webgpu'],
  chromium: ['wasm', 'webgpu', 'webgl'],
  // Without a GPU they have neither of the others.
  firefox: ['wasm'],
  webkit: ['wasm'],
};

/**
 * Starts the backends one after the other, and stops each before the next. One that is not to be had is left out and
 * said so; where it was asked for by name, that is an error, and so is none at all.
 */
export async function* startEngines(
  { backends, browsers: [browser] = [], threads }: BenchOptions,
  say: (message: string) => void,
): AsyncGenerator<BenchEngine, void, void> {
  buildKernelsIfMissing();
  const page = browser && { ...(await servePage(threads > 1)), browser };
  let started = 0;
  try {
    for (const backend of backends ?? usual[browser ?? 'node']) {
      let engine: BenchEngine;
      try {
        engine = await (page
          ? startBrowserEngine(page, page.browser, backend)
          : startNodeEngine(backend, threads));
      } catch (error) {
        if (backends) throw error;
        say(`${backend}: left out. ${(error as Error).message}`);
        continue;
      }
      started++;
      try {
        yield engine;
      } finally {
        await engine.stop();
      }
    }
  } finally {
    await page?.close();
  }
  if (started === 0) throw new Error('No backend could be started.');
}

function buildKernelsIfMissing(): void {
  const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (existsSync(path('src/engine/kernels/wasm/kernels-shared-relaxed.wasm'))) return;
  spawnSync(process.execPath, [path('tools/build-kernels.mjs')], { stdio: ['ignore', 2, 2] });
}
