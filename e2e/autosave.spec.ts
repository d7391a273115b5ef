import { chromium, expect, type Page, test } from '@playwright/test';
import { browserArguments, findBrowser } from '../tools/browser.mjs';
import { engineOf, trainedTiny, trainTo } from './engine';
import { Playground } from './playground';

/** Changes the bundle that was saved last: cuts it off, or turns a bit of a number that stays finite. */
function damage(page: Page, how: 'cut' | 'changed'): Promise<void> {
  return page.evaluate(
    (what) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('ddpm-playground');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('training', 'readwrite');
          const store = transaction.objectStore('training');
          const reading = store.get('latest');
          reading.onsuccess = () => {
            const bundle: Uint8Array = reading.result.bundle;
            // Of a float32 in little-endian order, the lowest byte is of the mantissa.
            const place = bundle.length - 4096;
            bundle[place] = (bundle[place] as number) ^ 1;
            // As it was saved before there were checksums.
            const cut = { savedAt: reading.result.savedAt, bundle: bundle.slice(0, 5000) };
            store.put(what === 'cut' ? cut : { ...reading.result, bundle }, 'latest');
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    how,
  );
}

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
    await damage(page, how);
    await page.reload();
    await playground.ready();
    await expect(playground.train.getByText(message)).toBeVisible();
    expect(await playground.step()).toBe(before);
    // With none before it, the page opens all the same, and a new model can be made.
    await damage(page, how);
    await page.reload();
    await playground.ready();
    await expect(playground.train.getByText(/last visit cannot be brought back/)).toBeVisible();
    await trainTo(playground, 3);
    await playground.pause();
    expect(playground.problems).toEqual([]);
  });
}

/** Where in a save the tab or the browser ends. The first two leave what was saved before; a commit may come or not. */
type Moment = 'between the two writes' | 'before the commit' | 'while it commits';

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
      if (key === 'latest' && at === 'while it commits') {
        this.transaction.commit();
        tell();
      } else if (key === (at === 'between the two writes' ? 'before' : 'latest')) {
        const hold = () => {
          this.get('held').onsuccess = hold;
        };
        hold();
        tell();
        // No later write of this save.
        IDBObjectStore.prototype.put = () => request;
      }
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

for (const moment of ['between the two writes', 'while it commits'] as const) {
  test(`a tab that is closed during a save, ${moment}, leaves one save or the other, whole`, async ({
    page,
    context,
  }) => {
    const [before, after] = await stopInSave(await opened(page), moment);
    await page.close();
    const committed = moment === 'while it commits' ? after : Number.POSITIVE_INFINITY;
    await opensWhole(new Playground(await context.newPage()), (step) => step === before || step >= committed);
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
