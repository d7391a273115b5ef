import { expect, test } from '@playwright/test';
import { engineOf, trainedTiny, trainTo } from './engine';
import { Playground } from './playground';

test('an engine that turns without a step is said to be stuck; it starts again with the model as it was saved', async ({
  page,
}) => {
  // The page's seconds go by when this test says so.
  await page.clock.install();
  const playground = new Playground(page);
  await playground.open();
  const saved = await trainedTiny(playground);
  await playground.startButton.click();
  await expect.poll(() => playground.step()).toBeGreaterThan(saved);
  await (await engineOf(page)).evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  const stuck = page.getByRole('alert', { name: 'The engine seems to be stuck' });
  await expect(async () => {
    await page.clock.runFor(10_000);
    await expect(stuck).toContainText(/Training has taken no step for \d+ s/, { timeout: 1000 });
  }).toPass();
  await expect(stuck).toContainText(/comes back as it was saved at step \d/);
  await stuck.getByRole('button', { name: 'Start the engine again' }).click();
  await expect(stuck).toBeHidden();
  await playground.ready();
  const restored = await playground.step();
  expect(restored).toBeGreaterThanOrEqual(saved);
  await trainTo(playground, restored + 3);
  await playground.pause();
  expect(playground.problems).toEqual([]);
});
