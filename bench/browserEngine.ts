import { createRequire } from 'node:module';
import type * as Comlink from 'comlink';
import type { Browser, Page } from 'playwright';
import type { BackendName } from '../src/engine/backend/report';
import type { Rival } from '../src/engine/measure/measureSteps';
import type { EngineApi } from '../src/worker/protocol';
import { browserArguments, findOrInstallBrowser, softwareWebgpuArguments } from '../tools/browser.mjs';
import type { BenchEngine } from './engine';
import type { ServedPage } from './servedPage';

const comlinkScript = createRequire(import.meta.url).resolve('comlink/dist/umd/comlink.js');

/** What the blank page holds. */
declare global {
  interface Window {
    Comlink: typeof Comlink;
    engine: Comlink.Remote<EngineApi>;
    /** Answers from this process. */
    rivalTurn: Rival;
  }
}

/**
 * Starts a backend in the built page's worker, in Chromium, from a blank page of the same origin. One thread means a page
 * that is not cross-origin isolated. Throws where the backend is not to be had, with the reason.
 */
export async function startBrowserEngine(
  { origin, worker }: ServedPage,
  backend: BackendName,
  threads: number,
): Promise<BenchEngine> {
  const { browser, page } = await open(origin, backend, threads > 1);
  try {
    const report = await page.evaluate(
      ([worker, backend, baseUrl]) => {
        const thread = new Worker(worker, { type: 'module' });
        window.engine = window.Comlink.wrap<EngineApi>(thread);
        const failed = new Promise<never>((_, reject) => {
          thread.onerror = ({ message }) => reject(new Error(`The worker failed: ${message}`));
        });
        return Promise.race([window.engine.start({ backend, baseUrl }), failed]);
      },
      [worker, backend, `${origin}/`] as const,
    );
    if (report.name !== backend) throw new Error(report.notices.join(' '));
    let rival: Rival | undefined;
    await page.exposeFunction('rivalTurn', (kind: Parameters<Rival>[0]) => (rival as Rival)(kind));
    return {
      backend,
      platform: `Chromium ${browser.version()}`,
      device: report.device,
      softwareAdapter:
        /software/.test(report.device) || (backend === 'webgl' && (await isSoftwareWebgl(page))),
      threads: report.threads,
      fused: report.fused,
      operations: undefined,
      measure: (config, options, turn) => {
        rival = turn;
        return page.evaluate(
          ([config, options, withRival]) =>
            window.engine.measure(
              config,
              options,
              withRival ? window.Comlink.proxy(window.rivalTurn) : undefined,
            ),
          [config, options, turn !== undefined] as const,
        );
      },
      peak: () => page.evaluate(() => window.engine.measurePeak()),
      profile: (config, batchSize) =>
        page.evaluate(([config, size]) => window.engine.profile(config, size), [config, batchSize] as const),
      stop: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A browser on a blank page of that origin, with a GPU's adapter for WebGPU or, where there is none, the software one. */
async function open(
  origin: string,
  backend: BackendName,
  isolated: boolean,
): Promise<{ browser: Browser; page: Page }> {
  const { chromium } = await import('playwright');
  const executablePath = await findOrInstallBrowser();
  const gpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];
  const attempts = backend === 'webgpu' ? [gpu, softwareWebgpuArguments] : [[]];
  for (const [i, extra] of attempts.entries()) {
    const browser = await chromium.launch({ executablePath, args: [...browserArguments, ...extra] });
    try {
      const page = await browser.newPage();
      const headers = isolated
        ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
        : {};
      await page.route('**/bench.html', (route) =>
        route.fulfill({ contentType: 'text/html', headers, body: '<!doctype html><title>bench</title>' }),
      );
      await page.goto(`${origin}/bench.html`);
      await page.addScriptTag({ path: comlinkScript });
      const last = i === attempts.length - 1;
      if (last || (await page.evaluate(async () => !!(await navigator.gpu?.requestAdapter()))))
        return { browser, page };
    } catch (error) {
      await browser.close();
      throw error;
    }
    await browser.close();
  }
  throw new Error('No browser was opened.');
}

function isSoftwareWebgl(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2');
    const info = context?.getExtension('WEBGL_debug_renderer_info');
    const name = info && context?.getParameter(info.UNMASKED_RENDERER_WEBGL);
    return /swiftshader|llvmpipe|software/i.test(String(name));
  });
}
