import type { BackendName } from '../src/engine/backend/report';
import { browserArguments, findOrInstallBrowser, softwareWebgpuArguments } from '../tools/browser.mjs';
import type { BrowserPage } from './browserPage';

/** Chromium on a page, with a GPU's adapter for WebGPU or, where there is none, the software one. */
export async function openChromium(address: string, backend: BackendName): Promise<BrowserPage> {
  const { chromium } = await import('playwright');
  const executablePath = await findOrInstallBrowser();
  const gpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];
  const attempts = backend === 'webgpu' ? [gpu, softwareWebgpuArguments] : [[]];
  for (const [i, extra] of attempts.entries()) {
    const browser = await chromium.launch({ executablePath, args: [...browserArguments, ...extra] });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      const last = i === attempts.length - 1;
      if (last || (await page.evaluate(async () => !!(await navigator.gpu?.requestAdapter()))))
        return {
          platform: `Chromium ${browser.version()}`,
          evaluate: (action, ...args) => page.evaluate(`(${action})(...${JSON.stringify(args)})`),
          expose: (name, answer) => page.exposeFunction(name, answer),
          close: () => browser.close(),
        };
    } catch (error) {
      await browser.close();
      throw error;
    }
    await browser.close();
  }
  throw new Error('No browser was opened.');
}
