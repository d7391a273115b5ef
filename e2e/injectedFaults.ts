import type { Page } from '@playwright/test';
import { engineOf } from './engine';

/** A page that keeps its workers where a test can reach them. */
export async function reachWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const reached: Worker[] = [];
    Object.assign(window, { reachedWorkers: reached });
    window.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        reached.push(this);
      }
    };
  });
}

/** Ends all workers, as a browser may; of a page with `reachWorkers`. */
export function endWorkers(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const worker of (window as never as { reachedWorkers: Worker[] }).reachedWorkers) worker.terminate();
  });
}

/** An error in the engine that nothing catches. */
export async function throwInEngine(page: Page): Promise<void> {
  await (await engineOf(page)).evaluate(() => {
    setTimeout(() => {
      throw new Error('an injected fault');
    });
  });
}

/** The noise of every batch is NaN from now on, until the function is called. */
export async function spoilNoise(page: Page): Promise<() => Promise<void>> {
  const engine = await engineOf(page);
  await engine.evaluate(() => {
    Object.assign(self, { soundLog: Math.log });
    // The noise of the next batch is drawn with it.
    Math.log = () => Number.NaN;
  });
  return () =>
    engine.evaluate(() => {
      Math.log = (self as never as { soundLog: typeof Math.log }).soundLog;
    });
}

/** From now on the browser gives the page room for so many bytes in all; null takes the limit away. */
export async function room(page: Page, quotaSize: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== null && { quotaSize }) });
}
