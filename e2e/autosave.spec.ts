import { chromium, expect, type Page, test } from '@playwright/test';
import { browserArguments, findBrowser } from '../tools/browser.mjs';
import { damageNewest, newestSave } from './autosaves';
import { engineOf, tinyModel, trainedTiny, trainTo } from './engine';
import { Playground } from './playground';

for (const [how, message] of [
  ['cut', /cannot be read .*cut off.* was set aside/],
  ['changed', /cannot be read .*its checksum is another one.* was set aside/],
] as const) {
  test(`a damaged autosave (${how}) is set aside and said; the one before it is back`, async ({ page }) => {
    const playground = new Playground(page);
    await playground.open();
    const before = await trainedTiny(playground);
    await trainTo(playground, before + 5);
    await playground.pause();
    const after = await playground.step();
    await damageNewest(page, how);
    await page.reload();
    await playground.ready();
    await expect(playground.train.getByText(message)).toBeVisible();
    const back = await playground.step();
    expect(back).toBeGreaterThanOrEqual(before);
    expect(back).toBeLessThanOrEqual(after);
    // With none before it, the page opens all the same, and a new model can be made.
    await damageNewest(page, how);
    await page.reload();
    await playground.ready();
    await expect(playground.train.getByText(/last visit cannot be brought back/)).toBeVisible();
    await trainTo(playground, 3);
    await playground.pause();
    expect(playground.problems).toEqual([]);
  });
}

for (const way of ['another page and back', 'a reload'] as const) {
  test(`a fresh run of 500 steps survives ${way}: what was saved while it trained is there`, async ({
    page,
  }) => {
    const playground = new Playground(page);
    await playground.open();
    await tinyModel(playground);
    // Slow enough to be in the middle of the run.
    await playground.type('Batch', '64');
    await playground.type('Training steps', '500');
    await playground.startButton.click();
    const saved = async () => (await newestSave(page))?.step ?? 0;
    // No pause, and no tab put out of sight: the run saves by itself.
    await expect.poll(saved).toBeGreaterThan(0);
    const [before, status] = [await saved(), await playground.status.getAttribute('data-status')];
    expect(status).toBe('training');
    if (way === 'a reload') await page.reload();
    else {
      await page.goto('about:blank');
      await page.goBack();
    }
    await playground.ready();
    await expect.poll(() => playground.step()).toBeGreaterThanOrEqual(before);
    await trainTo(playground, before + 3);
    await playground.pause();
    expect(playground.problems).toEqual([]);
  });
}

/** Where in a save the tab or the browser ends. The first leaves what was saved before; a commit may come or not. */
type Moment = 'before the commit' | 'while it commits';

/**
 * From now on a save stops at this moment, and the promise of `reached` resolves: until then its transaction stays open, since
 * one request follows another.
 */
async function stopSaveAt(page: Page, moment: Moment): Promise<{ reached: Promise<void> }> {
  const reached = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new BroadcastChannel('save').onmessage = () => resolve();
      }),
  );
  await (await engineOf(page)).evaluate((at) => {
    const put = IDBObjectStore.prototype.put;
    const tell = () => new BroadcastChannel('save').postMessage('reached');
    IDBObjectStore.prototype.put = function (value, key) {
      const request = put.call(this, value, key);
      if (at === 'while it commits') this.transaction.commit();
      else {
        const hold = () => {
          this.get('held').onsuccess = hold;
        };
        hold();
      }
      tell();
      // No later write of this save.
      IDBObjectStore.prototype.put = () => request;
      return request;
    };
  }, moment);
  return { reached };
}

/** Trains and saves, trains on, and stops in the middle of the next save. Resolves with the step of each, as far as the page knows. */
async function stopInSave(playground: Playground, moment: Moment): Promise<[number, number]> {
  const before = await trainedTiny(playground);
  const { reached } = await stopSaveAt(playground.page, moment);
  await trainTo(playground, before + 5);
  await playground.train.getByRole('button', { name: 'Pause' }).click();
  await reached;
  return [before, await playground.step()];
}

/** What was saved is whole, of a step that may be, and goes on. */
async function opensWhole(playground: Playground, mayBe: (step: number) => boolean): Promise<void> {
  await playground.open();
  await expect(playground.train.getByText(/set aside|cannot be brought back/)).toBeHidden();
  const step = await playground.step();
  expect(mayBe(step), `step ${step}`).toBe(true);
  await trainTo(playground, step + 3);
  await playground.pause();
  expect(playground.problems).toEqual([]);
}

for (const moment of ['before the commit', 'while it commits'] as const) {
  test(`a tab that is closed during a save, ${moment}, leaves one save or the other, whole`, async ({
    page,
    context,
  }) => {
    const [before, after] = await stopInSave(await opened(page), moment);
    await page.close();
    const mayBe = (step: number) =>
      step === before || (moment === 'while it commits' && step > before && step <= after);
    await opensWhole(new Playground(await context.newPage()), mayBe);
  });
}

test('a browser that crashes during a save leaves the one before, whole', async ({ baseURL }, {
  outputDir,
}) => {
  const executablePath = await findBrowser();
  const visit = () =>
    chromium.launchPersistentContext(`${outputDir}/profile`, {
      ...(executablePath ? { executablePath } : {}),
      ...(baseURL ? { baseURL } : {}),
      args: browserArguments,
      serviceWorkers: 'block',
    });
  const first = await visit();
  const [before] = await stopInSave(await opened(await first.newPage()), 'before the commit');
  const crashed = new Promise((resolve) => first.once('close', resolve));
  const session = await first.browser()?.newBrowserCDPSession();
  // It answers no more.
  void session?.send('Browser.crash').catch(() => {});
  await crashed;
  const second = await visit();
  try {
    await opensWhole(new Playground(await second.newPage()), (step) => step === before);
  } finally {
    await second.close();
  }
});

async function opened(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open();
  return playground;
}
