import type * as Comlink from 'comlink';
import type { BackendName } from '../src/engine/backend/report';
import type { Rival } from '../src/engine/measure/measureSteps';
import type { EngineApi } from '../src/worker/protocol';
import { firefox } from '../tools/browsers/firefox';
import { webkit } from '../tools/browsers/webkit';
import type { BrowserName, BrowserPage, OpenPage } from './browserPage';
import { openChromium } from './chromiumPage';
import type { BenchEngine } from './engine';
import { openOther } from './otherPage';
import type { ServedPage } from './servedPage';

const openPage: Record<BrowserName, OpenPage> = {
  chromium: openChromium,
  firefox: openOther(firefox),
  webkit: openOther(webkit),
};

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
 * Starts a backend in the built page's worker, in a browser, from a blank page of the same origin. Throws where the backend is
 * not to be had, with the reason.
 */
export async function startBrowserEngine(
  { origin, worker, blank }: ServedPage,
  browser: BrowserName,
  backend: BackendName,
): Promise<BenchEngine> {
  const page = await openPage[browser](blank, backend);
  try {
    const report = await page.evaluate(startEngine, worker, backend, `${origin}/`);
    if (report.name !== backend) throw new Error(report.notices.join(' '));
    let rival: Rival | undefined;
    await page.expose?.('rivalTurn', (kind: Parameters<Rival>[0]) => (rival as Rival)(kind));
    return {
      backend,
      platform: page.platform,
      device: report.device,
      softwareAdapter:
        /software/.test(report.device) || (backend === 'webgl' && (await isSoftwareWebgl(page))),
      threads: report.threads,
      fused: report.fused,
      operations: undefined,
      measure: (config, options, turn) => {
        rival = turn;
        return page.evaluate(
          (config, options, withRival) =>
            window.engine.measure(
              config,
              options,
              withRival ? window.Comlink.proxy(window.rivalTurn) : undefined,
            ),
          config,
          options,
          turn !== undefined,
        );
      },
      peak: () => page.evaluate(() => window.engine.measurePeak()),
      profile: (config, batchSize) =>
        page.evaluate((config, size) => window.engine.profile(config, size), config, batchSize),
      stop: () => page.close(),
    };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** Runs in the page. */
function startEngine(worker: string, backend: BackendName, baseUrl: string) {
  const thread = new Worker(worker, { type: 'module' });
  window.engine = window.Comlink.wrap<EngineApi>(thread);
  const failed = new Promise<never>((_, reject) => {
    thread.onerror = ({ message }) => reject(new Error(`The worker failed: ${message}`));
  });
  return Promise.race([window.engine.start({ backend, baseUrl }), failed]);
}

function isSoftwareWebgl(page: BrowserPage): Promise<boolean> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('webgl2');
    const info = context?.getExtension('WEBGL_debug_renderer_info');
    const name = info && context?.getParameter(info.UNMASKED_RENDERER_WEBGL);
    return /swiftshader|llvmpipe|software/i.test(String(name));
  });
}
