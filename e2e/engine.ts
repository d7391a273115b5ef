import { expect, type Page, type Worker as PageWorker } from '@playwright/test';
import type { Playground } from './playground';

/** The engine's worker, in which a fault may be injected. */
export async function engineOf(page: Page): Promise<PageWorker> {
  for (const worker of page.workers())
    if ((await worker.evaluate(() => self.name)) === 'engine') return worker;
  throw new Error('There is no engine.');
}

/**
 * From the next visit on, `inject` runs in the engine's worker before its first call. It is sent as text: it may use
 * nothing but what the worker has.
 */
export async function beforeEngine(page: Page, inject: () => void): Promise<void> {
  await page.route('**/assets/engineWorker-*.js', async (route) => {
    const response = await route.fetch();
    const code = `if (self.name === 'engine') (${inject})();\n`;
    await route.fulfill({ response, body: code + (await response.text()) });
  });
}

/** A model that trains in no time. */
export async function tinyModel(playground: Playground, batch = 4): Promise<void> {
  await playground.type('Channels', '8');
  await playground.type('Groups', '4');
  await playground.type('Batch', String(batch));
}

/** Starts a run, and waits until it has gone beyond a step. */
export async function trainTo(playground: Playground, step: number): Promise<void> {
  await playground.startButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(step);
}

/** Trains a tiny model beyond a step and pauses, which saves it. Resolves with the step that was reached. */
export async function trainedTiny(playground: Playground, step = 10): Promise<number> {
  await tinyModel(playground);
  await trainTo(playground, step);
  await playground.pause();
  return playground.step();
}
