import { type Browser, chromium } from '@playwright/test';
import { browserArguments, findBrowser, softwareWebgpuArguments } from '../tools/browser.mjs';

/** A browser whose only adapter for WebGPU and WebGL computes on the CPU. */
export async function softwareBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...browserArguments, ...softwareWebgpuArguments],
  });
}
