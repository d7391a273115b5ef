import { expect, type Page, test } from '@playwright/test';
import { tinyModel, trainTo } from './engine';
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
    await tinyModel(playground);
    await trainTo(playground, 10);
    await playground.pause();
    const before = await playground.step();
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
